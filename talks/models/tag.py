"""Tags, their synonyms, and the tags of talks.

Based on django-taggit, with the site's own Tag and through model: every way to add a tag ends in
`Tag.objects.resolve`, so that a key has one spelling.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import IntegrityError, models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import ExtractYear, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import ItemBase, NaturalKeyManager, TagBase

from conferences.models import UNDATED
from foundation.kept.enums import Counted
from foundation.kept.models import KeptCount
from foundation.models.fields import DerivedField, LineField, MomentField
from foundation.models.on_delete import protect_what_people_added
from foundation.models.one_owner import (
    address_stays,
    name_stays,
    old_address_stays,
    taken_slugs,
)
from foundation.models.relations import rows_behind
from foundation.models.slug_columns import SlugColumn, slug_constraints
from foundation.text.bounds import moment_constraints
from foundation.text.names import clean_line, name_key
from foundation.text.slugs import SLUG_MAX_LENGTH, address_of, slug_of, unique_slug
from talks.tagging.text import TAG_MAX_LENGTH


@dataclass(frozen=True)
class ResolvedTags:
    """Tags by the key of the name that was looked up."""

    by_key: dict[str, Tag] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def of(self, name: str) -> Tag | None:
        """Return the tag of a name; None if it is unknown or empty."""
        return self.by_key.get(name_key(name))

    def tags(self) -> list[Tag]:
        """Return the tags, each once, in the order of the names."""
        return list(dict.fromkeys(self.by_key.values()))


class TagQuerySet(models.QuerySet["Tag"]):
    """Queryset of tags."""

    def at_old_address(self, slug: str) -> TagQuerySet:
        """Return the tag that had this slug before, then tags with a synonym of this slug."""
        had = Case(When(aliases__slug=slug, then=0), default=1)
        meant = self.filter(Q(aliases__slug=slug) | Q(aliases__address=slug))
        return meant.order_by(had, "id")

    def at_any_addresses(self, slugs: Iterable[str]) -> dict[str, Tag]:
        """Return the tags by slug: those that have the slugs, then those that had them.

        Then those with a synonym of that slug. Three queries, one if all slugs are live.
        """
        found: dict[str, Tag] = {}
        for column in ("slug", "aliases__slug", "aliases__address"):
            rest = set(slugs) - found.keys()
            rows = self.filter(**{f"{column}__in": rest}).annotate(asked=F(column)) if rest else ()
            found |= {tag.asked: tag for tag in rows}
        return found

    def orphaned(self) -> TagQuerySet:
        """Return the tags that no talk and no recap has, and that no text mentions."""
        return self.filter(
            tagged_talks__isnull=True, tagged_recaps__isnull=True, mentions__isnull=True
        )

    def with_other_names(self) -> TagQuerySet:
        """Annotate `other_names`: the synonyms, sorted. No extra query."""
        is_name = Q(aliases__isnull=False) & ~Q(aliases__key="")
        names = ArrayAgg("aliases__name", filter=is_name, distinct=True, default=Value([]))
        return self.annotate(other_names=names)

    def with_talk_counts(self) -> TagQuerySet:
        """Annotate `talk_count`, which triggers maintain."""
        return self.annotate(talk_count=KeptCount.objects.number_of(Counted.TALKS_OF_TAG))

    def most_used(self) -> TagQuerySet:
        """Return the tags in use with `talk_count`, most used first."""
        return self.with_talk_counts().filter(talk_count__gt=0).order_by("-talk_count", "name")

    def known_to_readers(self) -> TagQuerySet:
        """Return the public tags with `talk_count`: a talk has them, or a published recap has or
        mentions them.

        Every public query of tags starts here: a tag without public content must look as if it did
        not exist (ADR 35).
        """
        topics = rows_behind(self.model, "recap_topics")
        has_recap = Exists(topics.published().filter(tag=OuterRef("pk")))
        recaps = rows_behind(topics.model, "recap")
        is_mentioned = Exists(recaps.published().filter(mentions__tag=OuterRef("pk")))
        return self.with_talk_counts().filter(Q(talk_count__gt=0) | has_recap | is_mentioned)

    def find(self, names: Iterable[str]) -> ResolvedTags:
        """Return the tags with these names, by key and then by synonym. Two queries.

        A name with a leading '#' that is no tag itself also means the name without it.

        Names of no tag or synonym are listed as unknown, cleaned, each once.
        """
        wanted: dict[str, str] = {}
        for name in names:
            if key := name_key(name):
                wanted.setdefault(key, clean_line(name))
        keys = {spelling for key in wanted for spelling in _spellings(key)}
        live = {tag.key: tag for tag in self.filter(key__in=keys)} if keys else {}
        rest = [spelling for spelling in keys if spelling not in live]
        known: dict[str, Tag] = {**self._by_synonym(rest), **live} if rest else live
        found = {key: [known[each] for each in _spellings(key) if each in known] for key in wanted}
        by_key = {key: tags[0] for key, tags in found.items() if tags}
        return ResolvedTags(by_key, [name for key, name in wanted.items() if key not in by_key])

    def resolve(self, names: Iterable[str]) -> ResolvedTags:
        """Return the tags with these names, and create the missing ones.

        At most seven queries, whatever the number of names. Two processes that create the same tag
        at once end with one.
        """
        found = self.find(names)
        if not found.unknown:
            return found
        made = self.make(found.unknown)
        return ResolvedTags(
            {
                name_key(name): tag
                for name in self._in_order(names)
                if (tag := found.of(name) or made.of(name))
            }
        )

    def make(self, names: Iterable[str]) -> ResolvedTags:
        """Create a tag for each name, and return them. Five queries.

        For names that `find` did not know. If another process creates the same tag, or takes a slug
        of one, at the same moment, the rest is tried once more.
        """
        if not self._were_made(list(names)):
            # Another process gave one of the names to a tag as its synonym.
            self._were_made(self.find(names).unknown)
        made = self.find(names)
        if made.unknown:  # pragma: no cover -- two processes chose one slug in one moment
            self._were_made(made.unknown)
            made = self.find(names)
        return made

    def _were_made(self, names: list[str]) -> bool:
        """Create the tags that are missing; none if a synonym conflicts."""
        tags = self._new_tags(names)
        try:
            with transaction.atomic():
                self.bulk_create(tags, ignore_conflicts=True)
        except IntegrityError:
            return False
        return True

    def _in_order(self, names: Iterable[str]) -> list[str]:
        return [clean_line(name) for name in names if name_key(name)]

    def _by_synonym(self, keys: list[str]) -> dict[str, Tag]:
        tags = self.filter(aliases__key__in=keys).annotate(synonym=models.F("aliases__key"))
        return {tag.synonym: tag for tag in tags}

    def _new_tags(self, names: list[str]) -> list[Tag]:
        bases = {slug_of(name, fallback="tag") for name in names}
        pattern = "|".join(f"^{base}(-[0-9]+)?$" for base in sorted(bases))
        taken = taken_slugs(self.model, Q(slug__regex=pattern))
        tags = []
        for name in names:
            slug = unique_slug(name, taken=taken, fallback="tag")
            taken.add(slug)
            tags.append(self.model(name=name, slug=slug))
        return tags


def _spellings(key: str) -> list[str]:
    """Return the keys under which a name may be known, the most certain first."""
    bare = key.lstrip("# ")
    return [key, bare] if bare and bare != key else [key]


class TagManager(NaturalKeyManager.from_queryset(TagQuerySet)):  # type: ignore[misc]  # -- made at run time
    """Manager of tags with the methods of TagQuerySet."""


class Tag(TagBase):
    """A tag. One spelling per key; other spellings and synonyms are its aliases."""

    name = LineField(_("name"), max_length=TAG_MAX_LENGTH, unique=True)
    key = DerivedField(source="name", derive=name_key, max_length=300, unique=True)
    slug = SlugColumn(unique=True, help_text=_("Made from the name when left empty."))
    created_at = MomentField(_("created at"), db_default=Now(), editable=False)

    objects = TagManager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            *slug_constraints("tag"),
            *moment_constraints("tag", "created_at"),
            address_stays("tag", old="talks.TagAlias", owner="tag"),
            name_stays(
                "tag_name_is_no_others_synonym",
                owner="id",
                other="talks.TagAlias.tag",
                message=_("This is a synonym of “%(owner)s”."),
            ),
            models.CheckConstraint(
                name="tag_has_a_name",
                condition=~Q(key=""),
                violation_error_message=_("A tag needs a name with at least one visible sign."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.slug])

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Return a tag's slug for django-taggit, which counts up `i` while it is taken."""
        slug = slug_of(tag, fallback="tag")
        return slug if i is None else f"{slug[: SLUG_MAX_LENGTH - 8]}-{i + 1}"


class TagAlias(models.Model):
    """A synonym of a tag, an old slug of its page, or both."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="aliases")
    name = LineField(_("synonym"), max_length=TAG_MAX_LENGTH, blank=True, default="")
    key = DerivedField(source="name", derive=name_key, max_length=300)
    # Who asks for it in an address is led to the tag.
    address = DerivedField(
        source="name", derive=address_of, max_length=SLUG_MAX_LENGTH, default="", db_index=True
    )
    slug = models.CharField(
        _("old address (slug)"), max_length=SLUG_MAX_LENGTH, unique=True, null=True, blank=True
    )

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=~Q(key=""),
                name="tag_alias_key_once",
                violation_error_code="unique",
                violation_error_message=_("Another tag has this synonym already."),
            ),
            models.CheckConstraint(
                name="tag_alias_says_something",
                condition=~Q(key="") | Q(slug__isnull=False),
                violation_error_message=_("A synonym needs at least one visible sign."),
            ),
            old_address_stays("tag_alias_address", live="talks.Tag", owner="tag"),
            name_stays(
                "tag_alias_name_is_no_other_tag",
                owner="tag",
                other="talks.Tag.id",
                message=_("There is a tag “%(owner)s” already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.slug or ""


class ResolvingTagManager(_TaggableManager):
    """`talk.tags`: resolves names by key and synonym before it creates tags.

    django-taggit compares names exactly, so its own `add("Machine Learning")` would violate the
    unique key of "machine learning".
    """

    def _to_tag_model_instances(self, tags: Iterable[Any], tag_kwargs: dict[str, Any]) -> list[Any]:
        given = list(tags)
        named = [tag for tag in given if isinstance(tag, str)]
        found = self.through.tag_model()._default_manager.resolve(named)
        resolved = [found.of(tag) if isinstance(tag, str) else tag for tag in given]
        return list(dict.fromkeys(tag for tag in resolved if tag is not None))


class TaggedTalkQuerySet(models.QuerySet["TaggedTalk"]):
    """Queryset of tagged talks, each with the day of its talk."""

    def of_topic(self, tags: Sequence[Tag]) -> TaggedTalkQuerySet:
        """Return one row for each talk that has all of the tags: that of the first tag."""
        first, *others = tags
        rows = self.filter(tag=first)
        for tag in others:
            same_talk = self.model.objects.filter(
                tag=tag, content_object=OuterRef("content_object")
            )
            rows = rows.filter(Exists(same_talk))
        return rows

    def newest_talks(self, most: int) -> models.QuerySet[TaggedTalk, int]:
        """Return the ids of the newest talks, at most so many."""
        in_order = self.order_by("-sort_date", "-content_object")
        return in_order.values_list("content_object", flat=True)[:most]


class TaggedTalk(ItemBase):
    """A tag of a talk, and who added it (None for importers)."""

    tag = models.ForeignKey(Tag, models.PROTECT, related_name="tagged_talks")
    content_object = models.ForeignKey(
        "talks.Talk", protect_what_people_added, related_name="tagged", db_index=False
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The talk's own, kept by triggers, so that a topic's years are read from an index alone.
    sort_date = models.DateField(db_default=Value(UNDATED), editable=False)
    year = models.GeneratedField(
        expression=ExtractYear("sort_date"),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )

    objects = TaggedTalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag of a talk")
        verbose_name_plural = _("tags of talks")
        indexes = [
            models.Index(fields=["content_object"], name="tagged_talk_by_talk"),
            models.Index(
                fields=["tag", "-sort_date", "-content_object"],
                include=["year"],
                name="tagged_talk_newest_first",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="tagged_talk_once")
        ]
