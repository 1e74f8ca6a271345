"""Durations as people write them: 45, 45 min, 1:30, 1 h 30, PT45M. Pure.

A number alone is minutes, two with a colon are hours and minutes, three hours, minutes, seconds.
"""

import datetime as dt
import re

from django.utils.dateparse import parse_duration

_NUMBER = r"\d{1,6}"
_MINUTES = re.compile(rf"^({_NUMBER})$")
_CLOCK = re.compile(rf"^({_NUMBER}):([0-5]\d)(?::([0-5]\d))?$")
# Minutes go without a unit at the end alone: 1 h 30.
_UNITS = re.compile(
    rf"^(?:(?P<hours>{_NUMBER}(?:[.,]\d{{1,4}})?)\s*(?:hours?|hrs?|h)\.?)?\s*"
    rf"(?:(?P<minutes>{_NUMBER})\s*(?:(?:minutes?|mins?|m|['′’])\.?|$))?\s*"
    rf"(?:(?P<seconds>{_NUMBER})\s*(?:seconds?|secs?|s|[\"″”])\.?)?$"
)
_ISO = re.compile(
    rf"^p(?=.)(?:{_NUMBER}d)?(?:t(?=.)(?:{_NUMBER}h)?(?:{_NUMBER}m)?(?:{_NUMBER}(?:\.\d{{1,6}})?s)?)?$"
)


def length_of(text: str) -> dt.timedelta | None:
    """Parse a duration; None if it is not understood."""
    line = " ".join(text.casefold().split())
    if found := _MINUTES.match(line):
        return dt.timedelta(minutes=int(found[1]))
    if found := _CLOCK.match(line):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if _ISO.match(line):
        return parse_duration(line.upper())
    found = _UNITS.match(line)
    return _of_units(found) if found else None


def _of_units(found: re.Match[str]) -> dt.timedelta | None:
    hours, minutes, seconds = found.groups()
    if not any((hours, minutes, seconds)):
        return None
    return dt.timedelta(
        hours=float((hours or "0").replace(",", ".")),
        minutes=int(minutes or 0),
        seconds=int(seconds or 0),
    )


def length_text(length: dt.timedelta) -> str:
    """Format a duration as hours and minutes, with seconds if it has any: '0:45', '1:30:15'."""
    minutes, seconds = divmod(length // dt.timedelta(seconds=1), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")
