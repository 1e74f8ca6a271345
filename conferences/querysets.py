"""Questions about conferences and series."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Max, Min, Q

if TYPE_CHECKING:
    from conferences.models import Conference, Series  # noqa: F401 -- name the querysets' rows


class SeriesQuerySet(models.QuerySet["Series"]):
    """Conferences over the years."""

    def at_old_address(self, slug: str) -> SeriesQuerySet:
        """Return the series that had this address before."""
        return self.filter(old_slugs__slug=slug)

    def with_editions(self) -> SeriesQuerySet:
        """Annotate `edition_count`, `first_start` and `last_start` (dates or None)."""
        return self.annotate(
            edition_count=Count("editions"),
            first_start=Min("editions__starts_on"),
            last_start=Max("editions__starts_on"),
        )


class ConferenceQuerySet(models.QuerySet["Conference"]):
    """Editions of conferences."""

    def at_old_address(self, slug: str) -> ConferenceQuerySet:
        """Return the conference that had this address before."""
        return self.filter(old_slugs__slug=slug)

    def in_country(self, country: str) -> ConferenceQuerySet:
        """Return those held in the country (ISO 3166, two letters)."""
        return self.filter(country=country)

    def of_series(self, slug: str) -> ConferenceQuerySet:
        """Return the editions of the series with this slug."""
        return self.filter(series__slug=slug)

    def on_around(self, day: dt.date) -> ConferenceQuerySet:
        """Return those that are on at the day, or begin within two weeks of it, nearest first."""
        soon = day + dt.timedelta(days=14)
        return self.filter(
            Q(ends_on__gte=day) | Q(ends_on__isnull=True, starts_on__gte=day),
            starts_on__lte=soon,
            dates_estimated=False,
        ).order_by("starts_on", "id")

    def newest_first(self) -> ConferenceQuerySet:
        """Order by first day, the newest first, undated ones last."""
        return self.order_by("-sort_date", "-id")

    def with_talk_counts(self) -> ConferenceQuerySet:
        """Annotate `talk_count`: all its talks, cancelled ones too."""
        return self.annotate(talk_count=Count("talks"))
