"""Questions about speakers. Counts and talks come through reverse relations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from notes_site.names import name_key

if TYPE_CHECKING:
    from speakers.models import Speaker  # noqa: F401 -- names the queryset's rows


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    """People who gave talks."""

    def under_letter(self, letter: str) -> SpeakerQuerySet:
        """Return those whom the A–Z list shows under this heading."""
        return self.filter(letter=letter)

    def named(self, name: str) -> SpeakerQuerySet:
        """Return everybody with this name or other name, however it is capitalised."""
        key = name_key(name)
        return self.filter(Q(key=key) | Q(aliases__key=key)).distinct()

    def at_old_address(self, slug: str) -> SpeakerQuerySet:
        """Return the speaker whose page had this address before."""
        return self.filter(aliases__slug=slug)

    def with_talk_counts(self) -> SpeakerQuerySet:
        """Annotate `talk_count`."""
        return self.annotate(talk_count=Count("credits"))

    def letters(self) -> list[tuple[str, int]]:
        """Return the headings of the A–Z list with how many speakers each has, in their order.

        One query. '#', for names that start with no letter, comes last.
        """
        rows = self.order_by().values("letter").annotate(count=Count("pk")).values_list("letter", "count")
        return sorted(rows, key=lambda row: (row[0] == "#", row[0]))
