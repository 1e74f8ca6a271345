"""The archive of talks: by the month of `given_on`, the programme day as a plain date.

All counts come from one grouped query, which the partial index `talk_by_day` answers without
reading a row. Talks without a day are in none of them.
"""

import datetime as dt

from django.db.models import Count, DateField
from django.db.models.functions import TruncMonth

from foundation.pages.months import Month, MonthCount, YearCounts, years_of
from talks.models import Talk
from talks.querysets import TalkQuerySet


def talk_years() -> list[YearCounts]:
    """Return the years in which talks were given, the newest first. One query."""
    return years_of(_counts(Talk.objects.given()))


def talk_year(year: int) -> YearCounts | None:
    """Return one year's months with their counts; None where it has no talk. One query."""
    return next(iter(years_of(_counts(talks_of_year(year)))), None)


def talks_of_year(year: int) -> TalkQuerySet:
    """Return what was given in the year."""
    return Talk.objects.given_between(dt.date(year, 1, 1), dt.date(year, 12, 31))


def talks_of_month(month: Month) -> TalkQuerySet:
    """Return what was given in the month."""
    return Talk.objects.given_between(month.first_day, month.last_day)


def talk_month_before(day: dt.date) -> Month | None:
    """Return the last month with talks that were given before the day. One query."""
    return _month_of_first(Talk.objects.given_before(day).order_by("-given_on", "-id"))


def talk_month_from(day: dt.date) -> Month | None:
    """Return the first month with talks that were given on the day or later. One query."""
    return _month_of_first(Talk.objects.given_from(day).order_by("given_on", "id"))


def _month_of_first(talks: TalkQuerySet) -> Month | None:
    found = talks.values_list("given_on", flat=True).first()
    return Month.of(found) if found else None


def _counts(talks: TalkQuerySet) -> list[MonthCount]:
    month = TruncMonth("given_on", output_field=DateField())
    rows = talks.order_by().values_list(month).annotate(count=Count("pk"))
    return [MonthCount(Month.of(first_day), count) for first_day, count in rows]
