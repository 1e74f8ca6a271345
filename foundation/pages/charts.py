"""Charts over the years: a bar chart by year, and a heat map of an archive's months.

The bar chart is an SVG with all lengths in per cent: it fills any width, and its text keeps its
size. A shade compares a month's count with all other months of the chart.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from foundation.pages.months import MonthCount, YearCounts

# From top to bottom: room above the tallest bar, the bars, room for the years.
_TOP = 8.0
_FLOOR = 86.0
# Of the width that each year has.
_TALKS_WIDTH = 0.5
_RECAPS_WIDTH = 0.26
_MARGIN = 0.12


@dataclass(frozen=True)
class YearTally:
    """A year with its numbers of talks and recaps."""

    year: int
    talks: int = 0
    recaps: int = 0


@dataclass(frozen=True)
class Bar:
    """A rectangle; all lengths in per cent."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class ChartedYear:
    """A year's bars (None for a count of 0), the centre in per cent, and its counts."""

    tally: YearTally
    talks: Bar | None
    recaps: Bar | None
    middle: float
    is_named: bool


@dataclass(frozen=True)
class YearChart:
    """All years from the first to the last, empty ones too; `most` is the highest count."""

    years: tuple[ChartedYear, ...]
    most: int
    top: float = _TOP
    floor: float = _FLOOR

    @property
    def first(self) -> int:
        return self.years[0].tally.year

    @property
    def last(self) -> int:
        return self.years[-1].tally.year

    @property
    def newest_first(self) -> list[YearTally]:
        """The years with talks or recaps, for the table."""
        tallies = [charted.tally for charted in reversed(self.years)]
        return [tally for tally in tallies if tally.talks or tally.recaps]

    @property
    def has_recaps(self) -> bool:
        return any(charted.recaps for charted in self.years)


def chart_of(tallies: Iterable[YearTally]) -> YearChart | None:
    """Return the chart of these years, in any order; None for fewer than two."""
    known = {tally.year: tally for tally in tallies}
    if len(known) < 2:
        return None
    years = [known.get(year, YearTally(year)) for year in range(min(known), max(known) + 1)]
    most = max(max(tally.talks, tally.recaps) for tally in years)
    step, width = _step(len(years)), 100 / len(years)
    charted = (
        _charted(tally, start=place * width, width=width, most=most, step=step)
        for place, tally in enumerate(years)
    )
    return YearChart(tuple(charted), most)


def _charted(tally: YearTally, *, start: float, width: float, most: int, step: int) -> ChartedYear:
    talks_start = start + _MARGIN * width
    recaps_start = talks_start + _TALKS_WIDTH * width
    return ChartedYear(
        tally=tally,
        talks=_bar(talks_start, _TALKS_WIDTH * width, tally.talks / most),
        recaps=_bar(recaps_start, _RECAPS_WIDTH * width, tally.recaps / most),
        middle=round(start + width / 2, 2),
        is_named=tally.year % step == 0,
    )


def _bar(x: float, width: float, share: float) -> Bar | None:
    if not share:
        return None
    height = share * (_FLOOR - _TOP)
    return Bar(round(x, 2), round(_FLOOR - height, 2), round(width, 2), round(height, 2))


def _step(number: int) -> int:
    """Return every how many years a label is shown, so that labels do not overlap."""
    for step, enough_up_to in ((1, 8), (2, 14), (5, 40)):
        if number <= enough_up_to:
            return step
    return 20


# From the quarter of the months with the least to that with the most; 0 is a month with nothing.
SHADES = 4


@dataclass(frozen=True)
class ShadedMonth:
    """A month's count and its shade, 0 to `SHADES`."""

    counted: MonthCount
    shade: int


@dataclass(frozen=True)
class ShadedYear:
    """A row of the heat map."""

    counts: YearCounts
    months: tuple[ShadedMonth, ...]


def shaded(years: Iterable[YearCounts]) -> list[ShadedYear]:
    """Return the years in their order, each month with its shade; empty months have shade 0."""
    rows = list(years)
    filled = sorted(month.count for year in rows for month in year.filled_months)
    return [
        ShadedYear(
            year, tuple(ShadedMonth(month, _shade(month.count, filled)) for month in year.months)
        )
        for year in rows
    ]


def _shade(count: int, filled: list[int]) -> int:
    """Return the quartile of the count among all non-empty months; equal counts share one."""
    return 1 + SHADES * bisect_left(filled, count) // len(filled) if count else 0
