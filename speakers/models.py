"""Speakers (one row per person over all conferences), their other spellings and old URLs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.models.fields import (
    DerivedField,
    LineField,
    MomentField,
    ProseField,
    WebAddressField,
    prose_constraint,
)
from foundation.models.folding import folded_index
from foundation.models.one_owner import address_stays, old_address_stays
from foundation.models.relations import rows_behind
from foundation.models.slug_columns import SlugColumn, slug_constraints
from foundation.text.bounds import moment_constraints
from foundation.text.names import initial_letter, name_key, sort_key
from foundation.text.slugs import SLUG_MAX_LENGTH


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    """Queryset of speakers."""

    def under_letter(self, letter: str) -> SpeakerQuerySet:
        """Return the speakers under a heading of the A–Z list."""
        return self.filter(letter=letter)

    def named(self, name: str) -> SpeakerQuerySet:
        """Return the speakers with this name or other name, ignoring case."""
        key = name_key(name)
        return self.filter(Q(key=key) | Q(aliases__key=key)).distinct()

    def by_keys(self, keys: Iterable[str]) -> list[tuple[str, Speaker]]:
        """Return the speakers whose name or other name has one of these keys (`name_key`). Two
        queries.

        As pairs of key and speaker; namesakes share a key.
        """
        wanted = list(keys)
        by_name = [(person.key, person) for person in self.filter(key__in=wanted)]
        others: Any = self.filter(aliases__key__in=wanted).annotate(other_key=F("aliases__key"))
        return [*by_name, *((person.other_key, person) for person in others)]

    def at_old_address(self, slug: str) -> SpeakerQuerySet:
        """Return the speaker whose page had this slug before."""
        return self.filter(aliases__slug=slug)

    def with_talk_counts(self) -> SpeakerQuerySet:
        """Annotate `talk_count`, in a subquery: a page of a long list counts for its
        own rows only.
        """
        credited = rows_behind(self.model, "credits")
        talks = credited.filter(speaker=OuterRef("pk")).order_by().values("speaker")
        counts = talks.annotate(number=Count("pk")).values("number")
        return self.annotate(talk_count=Coalesce(Subquery(counts), 0))

    def with_other_names(self) -> SpeakerQuerySet:
        """Annotate `other_names`: spellings that differ from the name, sorted. No extra query."""
        # A speaker without any alias has one row of the join too, with nothing in it.
        is_alias = Q(aliases__isnull=False)
        differs = is_alias & ~Q(aliases__key="") & ~Q(aliases__key=F("key"))
        names = ArrayAgg("aliases__name", filter=differs, distinct=True, default=Value([]))
        return self.annotate(other_names=names)

    def letters(self) -> list[tuple[str, int]]:
        """Return the headings of the A–Z list with their numbers of speakers, in order.

        One query. '#', for names that start with no letter, comes first.
        """
        counted = self.order_by("letter").values("letter").annotate(count=Count("pk"))
        return list(counted.values_list("letter", "count"))


NAME_MAX_LENGTH = 200


class AliasKind(models.TextChoices):
    """Where an alias of a speaker comes from."""

    RENAMED = "renamed", _("renamed")
    MERGED = "merged", _("merged")
    TYPED = "typed", _("typed by a curator")


class Speaker(models.Model):
    """A person who gave talks. Two speakers may have one name key."""

    name = LineField(_("name"), max_length=NAME_MAX_LENGTH)
    key = DerivedField(source="name", derive=name_key, max_length=400, db_index=True)
    slug = SlugColumn(unique=True, help_text=_("Made from the name when left empty."))
    sort_key = DerivedField(source="name", derive=sort_key, max_length=200, db_collation="C")
    letter = DerivedField(source="name", derive=initial_letter, max_length=4)
    website = WebAddressField(_("website"), blank=True, default="")
    bio = ProseField(_("biography"), blank=True, default="")
    created_at = MomentField(_("created at"), db_default=Now(), editable=False)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        indexes = [
            models.Index(fields=["letter", "sort_key", "id"], name="speaker_a_to_z"),
            folded_index("name", name="speaker_name_folded"),
        ]
        constraints = [
            *slug_constraints("speaker"),
            prose_constraint("speaker", "bio"),
            *moment_constraints("speaker", "created_at"),
            address_stays("speaker", old="speakers.SpeakerAlias", owner="speaker"),
            models.CheckConstraint(
                name="speaker_has_a_name",
                condition=~models.Q(key=""),
                violation_error_message=_("A speaker needs a name with at least one visible sign."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("speaker", args=[self.slug])


class SpeakerAlias(models.Model):
    """Another spelling of a speaker's name, an old slug of their page, or both."""

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="aliases")
    name = LineField(_("other name"), max_length=NAME_MAX_LENGTH, blank=True, default="")
    key = DerivedField(source="name", derive=name_key, max_length=400, db_index=True)
    slug = models.CharField(
        _("old address (slug)"), max_length=SLUG_MAX_LENGTH, unique=True, null=True, blank=True
    )
    kind = models.CharField(_("kind"), max_length=10, choices=AliasKind, default=AliasKind.TYPED)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        indexes = [folded_index("name", name="speaker_alias_folded")]
        constraints = [
            old_address_stays("speaker_alias_address", live="speakers.Speaker", owner="speaker"),
            models.UniqueConstraint(
                fields=["speaker", "key"],
                condition=~models.Q(key=""),
                name="speaker_alias_key_once",
                violation_error_message=_("The speaker has this other name already."),
            ),
            models.CheckConstraint(
                name="speaker_alias_says_something",
                condition=~models.Q(key="") | models.Q(slug__isnull=False),
                violation_error_message=_("Give another name or an old address."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.slug or ""
