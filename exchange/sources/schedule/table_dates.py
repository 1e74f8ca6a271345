"""Days and times of day as people write them in tables.

`3.5.2030` is a day of May. `3/5/2030` is one of May or of March: the other days of the column tell
which, or nobody can.
"""

import datetime as dt
import re
from collections.abc import Iterable
from enum import Enum

_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", re.ASCII)
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)", re.ASCII)
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)", re.ASCII)
_WORDS = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)?\s+([a-z]{3,9})\.?,?\s+(\d{4})", re.IGNORECASE
)
_WORDS_FIRST = re.compile(
    r"\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_GERMAN = {"mär": 3, "mai": 5, "okt": 10, "dez": 12}
_CLOCK = re.compile(
    r"(?:^|[T\s,])(\d{1,2})(?:[:.h](\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*([ap])?\.?m?\.?"
    r"(Z|[+-]\d\d:?\d\d)?(?:\s*(?:uhr|h|hrs))?$",
    re.IGNORECASE | re.ASCII,
)


class DayOrder(Enum):
    """In which order a column's days with slashes are written."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    UNCLEAR = "unclear"

    def day_in(self, text: str) -> dt.date | None:
        """Return the day that a text names; None where it names none, or nobody can tell which."""
        if found := _ISO.search(text):
            return _day(found[1], found[2], found[3])
        if found := _DOTTED.search(text):
            return _day(found[3], found[2], found[1])
        if found := _SLASHED.search(text):
            return self._of_slashes(found)
        return _of_words(text)

    def _of_slashes(self, found: re.Match[str]) -> dt.date | None:
        if self is DayOrder.UNCLEAR and found[1] != found[2]:
            return None
        month_first = self is DayOrder.MONTH_FIRST
        day, month = (found[2], found[1]) if month_first else (found[1], found[2])
        return _day(found[3], month, day)


def day_order(texts: Iterable[str]) -> DayOrder:
    """Return the order in which all days of a column can be read, if it is one only."""
    slashed = [
        found for text in texts if not _ISO.search(text) and (found := _SLASHED.search(text))
    ]
    firsts, seconds = [int(f[1]) for f in slashed], [int(f[2]) for f in slashed]
    day_first, month_first = max(seconds, default=0) <= 12, max(firsts, default=0) <= 12
    if not slashed or (day_first and not month_first):
        return DayOrder.DAY_FIRST
    return DayOrder.MONTH_FIRST if month_first and not day_first else DayOrder.UNCLEAR


def clock_text(text: str) -> str:
    """Return the time of day with which a text ends as 'HH:MM:SS', with its offset; '' without.

    A number alone is an hour, but no year, and nothing that a day ends with.
    """
    found = _CLOCK.search(text.strip())
    if not found or (found[2] is None and not found[4] and not found[0].strip().isdigit()):
        return ""
    if found[2] is None and not found[4] and found[0].strip() != text.strip():
        return ""
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + (12 if found[4].casefold() == "p" else 0)
    if hour > 23 or int(found[2] or 0) > 59 or int(found[3] or 0) > 59:
        return ""
    return f"{hour:02d}:{found[2] or '00'}:{found[3] or '00'}{found[5] or ''}"


def _of_words(text: str) -> dt.date | None:
    if found := _WORDS.search(text):
        return _day(found[3], _month(found[2]), found[1])
    found = _WORDS_FIRST.search(text)
    return _day(found[3], _month(found[1]), found[2]) if found else None


def _month(word: str) -> str:
    start = word.casefold()[:3]
    return str(_MONTHS.index(start) + 1 if start in _MONTHS else _GERMAN.get(start, 0))


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
