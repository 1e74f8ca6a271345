"""Shades of an archive's months: how much a month has beside all others of the picture."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from foundation.pages.months import MonthCount, YearCounts

# From the quarter of the months with the least to that with the most; 0 is a month with nothing.
SHADES = 4


@dataclass(frozen=True)
class ShadedMonth:
    """A month's count and its shade, 0 to `SHADES`."""

    counted: MonthCount
    shade: int


@dataclass(frozen=True)
class ShadedYear:
    """A row of the picture."""

    counts: YearCounts
    months: tuple[ShadedMonth, ...]


def shaded(years: Iterable[YearCounts]) -> list[ShadedYear]:
    """Return the years in their order, each month with its shade. Months with nothing have 0."""
    rows = list(years)
    filled = sorted(month.count for year in rows for month in year.filled_months)
    return [
        ShadedYear(
            year, tuple(ShadedMonth(month, _shade(month.count, filled)) for month in year.months)
        )
        for year in rows
    ]


def _shade(count: int, filled: list[int]) -> int:
    """Return the quarter of all filled months that the count is in; equal counts share one."""
    return 1 + SHADES * bisect_left(filled, count) // len(filled) if count else 0
