"""Questions about tags, and what names mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import IntegrityError, models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from taggit.models import NaturalKeyManager

from foundation.kept.enums import Counted
from foundation.kept.models import KeptCount
from foundation.models.one_owner import taken_slugs
from foundation.text.names import clean_line, name_key
from foundation.text.slugs import slug_of, unique_slug

if TYPE_CHECKING:
    from talks.models import Tag


@dataclass(frozen=True)
class ResolvedTags:
    """Tags by the key of the name they were asked for with."""

    by_key: dict[str, Tag] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def of(self, name: str) -> Tag | None:
        """Return the tag that the name means; None where it was unknown or says nothing."""
        return self.by_key.get(name_key(name))

    def tags(self) -> list[Tag]:
        """Return the tags, each once, in the order of the names."""
        return list(dict.fromkeys(self.by_key.values()))


class TagQuerySet(models.QuerySet["Tag"]):
    """Topics."""

    def at_old_address(self, slug: str) -> TagQuerySet:
        """Return the tag whose page had this address before, then those with such a synonym."""
        had = Case(When(aliases__slug=slug, then=0), default=1)
        meant = self.filter(Q(aliases__slug=slug) | Q(aliases__address=slug))
        return meant.order_by(had, "id")

    def at_any_addresses(self, slugs: Iterable[str]) -> dict[str, Tag]:
        """Return the tags that have, or else had, these addresses, by the address.

        Then those with a synonym that looks like it. Three queries, one where all are live.
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
        """Annotate `other_names`: its synonyms, by name. No query more."""
        is_name = Q(aliases__isnull=False) & ~Q(aliases__key="")
        names = ArrayAgg("aliases__name", filter=is_name, distinct=True, default=Value([]))
        return self.annotate(other_names=names)

    def with_talk_counts(self) -> TagQuerySet:
        """Annotate `talk_count`, which the database keeps."""
        return self.annotate(talk_count=KeptCount.objects.number_of(Counted.TALKS_OF_TAG))

    def most_used(self) -> TagQuerySet:
        """Return tags in use with `talk_count`, the most used first."""
        return self.with_talk_counts().filter(talk_count__gt=0).order_by("-talk_count", "name")

    def known_to_readers(self) -> TagQuerySet:
        """Return tags with `talk_count` that readers can find something under; all others are not.

        A talk has it, or a published recap is about it or mentions it. Whatever readers may ask of
        tags starts here: a tag that nothing public has is as one that was never made (ADR 35).
        """
        topics: Any = self.model._meta.get_field("recap_topics").related_model
        has_recap = Exists(topics.objects.published().filter(tag=OuterRef("pk")))
        recaps: Any = topics._meta.get_field("recap").related_model
        is_mentioned = Exists(recaps.objects.published().filter(mentions__tag=OuterRef("pk")))
        return self.with_talk_counts().filter(Q(talk_count__gt=0) | has_recap | is_mentioned)

    def find(self, names: Iterable[str]) -> ResolvedTags:
        """Return the tags that the names mean, by key and then by synonym. Two queries.

        A name is first itself; one with '#' before it is also the name behind that.

        Names that no tag or synonym has are listed as unknown, cleaned, each once.
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
        """Return the tags that the names mean, making the unknown ones.

        At most seven queries, whatever the number of names. Two processes that make the same
        tag at once end with one.
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
        """Make a tag of each name, and return them. Five queries.

        For names that `find` did not know. Where another process makes the same tag, or takes
        the address of one, at the same moment, what is left is tried once more.
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
        """Make a tag of each name that has none, or of none where a synonym is in the way."""
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
    """Return the keys that a name may be known by, the surest first."""
    bare = key.lstrip("# ")
    return [key, bare] if bare and bare != key else [key]


class TagManager(NaturalKeyManager.from_queryset(TagQuerySet)):  # type: ignore[misc]  # -- made at run time
    """Tags, by the questions of TagQuerySet."""
