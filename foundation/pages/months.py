"""Calendar months and their counts, for archives."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Self

from django.utils import timezone


@dataclass(frozen=True, order=True)
class Month:
    """One month of one year."""

    year: int
    month: int

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """Return the month of the day."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, self.month, 1)

    @property
    def following(self) -> Self:
        """The next calendar month, empty or not."""
        return type(self)(self.year + self.month // 12, self.month % 12 + 1)


@dataclass(frozen=True)
class MonthCount:
    """A month and its count."""

    month: Month
    count: int


@dataclass(frozen=True)
class YearCounts:
    """A year with its twelve months, empty ones too."""

    year: int
    months: tuple[MonthCount, ...]

    @property
    def count(self) -> int:
        """The count of the whole year."""
        return sum(month.count for month in self.months)

    @property
    def filled_months(self) -> list[MonthCount]:
        """The months with a count above 0, in their order."""
        return [month for month in self.months if month.count]


def years_of(counts: Iterable[MonthCount]) -> list[YearCounts]:
    """Return the years with a count above 0, newest first; each month may occur once."""
    newest_first = sorted(counts, key=lambda count: count.month, reverse=True)
    years = groupby(newest_first, key=lambda count: count.month.year)
    return [_year_of(year, list(months)) for year, months in years]


def start_of(day: dt.date) -> dt.datetime:
    """Return the beginning of the day in the site's time zone."""
    return dt.datetime(day.year, day.month, day.day, tzinfo=timezone.get_current_timezone())


def _year_of(year: int, counts: list[MonthCount]) -> YearCounts:
    known = {count.month.month: count.count for count in counts}
    months = (MonthCount(Month(year, number), known.get(number, 0)) for number in range(1, 13))
    return YearCounts(year, tuple(months))
