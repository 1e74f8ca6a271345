"""Questions about speakers. Counts and talks come through reverse relations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from foundation.text.names import name_key

if TYPE_CHECKING:
    from speakers.models import Speaker


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    """People who gave talks."""

    def under_letter(self, letter: str) -> SpeakerQuerySet:
        """Return those whom the A–Z list shows under this heading."""
        return self.filter(letter=letter)

    def named(self, name: str) -> SpeakerQuerySet:
        """Return everybody with this name or other name, however it is capitalised."""
        key = name_key(name)
        return self.filter(Q(key=key) | Q(aliases__key=key)).distinct()

    def by_keys(self, keys: Iterable[str]) -> list[tuple[str, Speaker]]:
        """Return who has one of these keys (`name_key`), as name or other name. Two queries.

        Each person comes with the key; namesakes each come with it.
        """
        wanted = list(keys)
        by_name = [(person.key, person) for person in self.filter(key__in=wanted)]
        others: Any = self.filter(aliases__key__in=wanted).annotate(other_key=F("aliases__key"))
        return [*by_name, *((person.other_key, person) for person in others)]

    def at_old_address(self, slug: str) -> SpeakerQuerySet:
        """Return the speaker whose page had this address before."""
        return self.filter(aliases__slug=slug)

    def with_talk_counts(self) -> SpeakerQuerySet:
        """Annotate `talk_count`, counted row by row: a page of a long list counts its own alone."""
        credited: Any = self.model._meta.get_field("credits").related_model
        talks = credited.objects.filter(speaker=OuterRef("pk")).order_by().values("speaker")
        counts = talks.annotate(number=Count("pk")).values("number")
        return self.annotate(talk_count=Coalesce(Subquery(counts), 0))

    def with_other_names(self) -> SpeakerQuerySet:
        """Annotate `other_names`: spellings that differ from the name, by name. No query more."""
        # A speaker without any alias has one row of the join too, with nothing in it.
        is_alias = Q(aliases__isnull=False)
        differs = is_alias & ~Q(aliases__key="") & ~Q(aliases__key=F("key"))
        names = ArrayAgg("aliases__name", filter=differs, distinct=True, default=Value([]))
        return self.annotate(other_names=names)

    def letters(self) -> list[tuple[str, int]]:
        """Return the headings of the A–Z list with how many speakers each has, in their order.

        One query. '#', for names that start with no letter, comes first.
        """
        counted = self.order_by("letter").values("letter").annotate(count=Count("pk"))
        return list(counted.values_list("letter", "count"))
