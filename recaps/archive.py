"""The archive of recaps: by the month they were published, in the site's time zone.

All counts come from one grouped query, which the partial index `recap_published_newest` answers
without reading a row. Drafts and what is scheduled are in none of them.
"""

import datetime as dt

from django.db.models import Count, DateField
from django.db.models.functions import TruncMonth

from foundation.pages.months import Month, MonthCount, YearCounts, start_of, years_of
from recaps.models import Recap
from recaps.querysets import RecapQuerySet


def recap_years() -> list[YearCounts]:
    """Return the years in which recaps were published, the newest first. One query."""
    return years_of(_counts(Recap.objects.published()))


def recap_year(year: int) -> YearCounts | None:
    """Return one year's months with their counts; None where it has no recap. One query."""
    return next(iter(years_of(_counts(recaps_of_year(year)))), None)


def recaps_of_year(year: int) -> RecapQuerySet:
    """Return what was published in the year."""
    start, end = start_of(dt.date(year, 1, 1)), start_of(dt.date(year + 1, 1, 1))
    return Recap.objects.published_between(start, end)


def recaps_of_month(month: Month) -> RecapQuerySet:
    """Return what was published in the month."""
    return Recap.objects.published_between(month.start, month.end)


def recap_month_before(day: dt.date) -> Month | None:
    """Return the last month with recaps that were published before the day. One query."""
    before = Recap.objects.published_before(start_of(day)).order_by("-published_at", "-id")
    return _month_of_first(before)


def recap_month_from(day: dt.date) -> Month | None:
    """Return the first month with recaps that were published on the day or later. One query."""
    later = Recap.objects.published_from(start_of(day)).order_by("published_at", "id")
    return _month_of_first(later)


def _month_of_first(recaps: RecapQuerySet) -> Month | None:
    found = recaps.values_list(_month(), flat=True).first()
    return Month.of(found) if found else None


def _counts(recaps: RecapQuerySet) -> list[MonthCount]:
    rows = recaps.order_by().values_list(_month()).annotate(count=Count("pk"))
    return [MonthCount(Month.of(first_day), count) for first_day, count in rows]


def _month() -> TruncMonth:
    return TruncMonth("published_at", output_field=DateField())
