"""Parses the single values of a pyvideo record: title, abstract, day, duration,
language, licence.

Each function takes the record and its issue log and returns the fields it found: none if the record
has no usable value. Does not use the database.
"""

import datetime as dt
import html
import re
import statistics
from collections.abc import Iterable
from typing import Any

from conferences.places import is_an_offset, offset_name
from exchange.files.bounds import (
    ABSTRACT_MAX_LENGTH,
    LICENCE_MAX_LENGTH,
    TITLE_MAX_LENGTH,
    bounded,
)
from exchange.report import IssueLog
from exchange.sources.pyvideo import findings
from foundation.text.bounds import is_within
from foundation.text.languages import language_of
from foundation.text.names import clean_line, clean_text, name_key

# What a talk may last, in seconds. Less is a teaser or another unit, more a day's stream or a slip.
SHORTEST, LONGEST = 60, 12 * 3600
# A whole event with a median outside of these holds minutes, or milliseconds.
SHORTEST_MEDIAN, VALUES_FOR_A_MEDIAN = 120, 3
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_DIGITS = re.compile(r"^[0-9]{1,9}$")
_RECORDED = re.compile(
    r"^(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"
    r"(?:[T ](?P<clock>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)"
    r" ?(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?)?$"
)
_MISSPELT = (",duration", "related_url")

Record = dict[str, Any]
Found = dict[str, Any]


def text_under(record: Record, key: str, log: IssueLog) -> str | None:
    """Return the text under a key: '' where it is null, None where it is absent or no text."""
    value = record.get(key)
    if isinstance(value, str):
        return value
    if value is not None:
        log.add(findings.WRONG_TYPE, value, f"/{key}")
    return "" if value is None and key in record else None


def title(record: Record, log: IssueLog) -> Found:
    """Return the title, its HTML entities decoded; nothing if no visible character is left."""
    raw = record.get("title")
    if not isinstance(raw, str):
        return {}
    decoded = _ENTITY.sub(lambda entity: html.unescape(entity.group()), raw)
    if decoded != raw:
        log.add(findings.ENTITIES, raw, "/title")
    line = bounded(clean_line(decoded), TITLE_MAX_LENGTH, log, "/title")
    return {"title": line} if name_key(line) else {}


def abstract(record: Record, log: IssueLog) -> Found:
    """Return the description, else the summary, and its format; officially reStructuredText."""
    texts = {key: text_under(record, key, log) for key in ("description", "summary")}
    told = {key: clean_text(text) for key, text in texts.items() if text is not None}
    if not told:
        return {}
    key = next((key for key, text in told.items() if text), next(iter(told)))
    text = bounded(told[key], ABSTRACT_MAX_LENGTH, log, f"/{key}")
    return {"abstract": text, "abstract_format": "rst" if text else "plain"}


def licence(record: Record, log: IssueLog) -> Found:
    """Return the licence as one line."""
    text = text_under(record, "copyright_text", log)
    if text is None:
        return {}
    return {"licence": bounded(clean_line(text), LICENCE_MAX_LENGTH, log, "/copyright_text")}


def language(record: Record, log: IssueLog) -> Found:
    """Return the language as a two-letter code, '' if the record gives none."""
    text = text_under(record, "language", log)
    if text is None:
        return {}
    meant = language_of(text)
    if text.strip() and not meant.code:
        log.add(findings.LANGUAGE_UNKNOWN, text, "/language")
        return {}
    if meant.is_one_of_several:
        log.add(findings.LANGUAGES_SEVERAL, text, "/language")
    return {"language": meant.code}


def recorded(record: Record, log: IssueLog) -> Found:
    """Return `given_on` (ISO day) and `starts_at` (ISO, UTC; None unless the offset is known).

    The day is the one that the record's own clock shows: see `offset_in`. A day that cannot be
    read is not a day: such a record has neither field.
    """
    raw = record.get("recorded")
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        log.add(findings.UNDATED, location="/recorded")
        return {}
    found = _match(record)
    moment = _moment(found) if found else None
    if not found or not moment:
        log.add(findings.DATE_UNREADABLE, raw, "/recorded")
        return {}
    if len(found["month"]) + len(found["day"]) < 4:
        log.add(findings.DATE_SLOPPY, raw, "/recorded")
    if moment.tzinfo and not is_an_offset(moment.utcoffset()):
        log.add(findings.OFFSET_UNUSABLE, raw, "/recorded")
        moment = moment.replace(tzinfo=None)
    starts_at = moment.astimezone(dt.UTC).isoformat() if moment.tzinfo else None
    return {"given_on": moment.date().isoformat(), "starts_at": starts_at}


def has_naive_time(record: Record) -> bool:
    """Return whether the record has a time without a UTC offset."""
    found = _match(record)
    return bool(found and found["clock"] and not found["offset"])


def offset_in(record: Record) -> str | None:
    """Return the UTC offset of the record's time: 'UTC', '+13:00'; None if it has none."""
    found = _match(record)
    moment = _moment(found) if found else None
    offset = moment.utcoffset() if moment else None
    return None if offset is None or not is_an_offset(offset) else offset_name(offset)


def _match(record: Record) -> re.Match[str] | None:
    raw = record.get("recorded")
    return _RECORDED.match(raw.strip()) if isinstance(raw, str) else None


def seconds_under(record: Record) -> float | None:
    """Return the duration's number, whatever its unit; None without one."""
    raw = record.get("duration")
    if isinstance(raw, str) and _DIGITS.match(raw.strip()):
        return int(raw)
    if not isinstance(raw, (int, float)) or isinstance(raw, bool):
        return None
    return raw if abs(raw) < 1e15 else None


def median_that_is_not_seconds(numbers: Iterable[float | None]) -> float | None:
    """Return the median of an event's durations if it shows that they are not in seconds."""
    values = [number for number in numbers if number is not None]
    if len(values) < VALUES_FOR_A_MEDIAN:
        return None
    median = statistics.median(values)
    return None if SHORTEST_MEDIAN < median <= LONGEST else median


def duration(record: Record, log: IssueLog) -> Found:
    """Return the duration in whole seconds, None if the record gives none."""
    raw = record.get("duration")
    if "duration" not in record:
        return {}
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return {"duration": None}
    number = seconds_under(record)
    if number is None or not SHORTEST < number <= LONGEST:
        log.add(findings.DURATION_UNUSABLE, raw, "/duration")
        return {}
    if isinstance(raw, str):
        log.add(findings.DURATION_AS_TEXT, raw, "/duration")
    return {"duration": int(number)}


def note_misspelt_keys(record: Record, log: IssueLog) -> None:
    """Report misspelt keys."""
    for key in _MISSPELT:
        if key in record:
            log.add(findings.MISSPELT_KEY, record[key], f"/{key}")


def day_in(text: str) -> dt.date | None:
    """Parse 'YYYY-MM-DD', from 1900 to 2200; None for anything else."""
    found = _RECORDED.match(text.strip())
    moment = _moment(found) if found else None
    return moment.date() if moment else None


def _moment(found: re.Match[str]) -> dt.datetime | None:
    """Return the datetime that the parts of a date name, aware if there is an offset, or None."""
    day = f"{found['year']}-{int(found['month']):02d}-{int(found['day']):02d}"
    clock = found["clock"] or "00:00"
    try:
        moment = dt.datetime.fromisoformat(f"{day}T{clock}{found['offset'] or ''}")
    except ValueError:
        return None
    return moment if is_within(moment if moment.tzinfo else moment.date()) else None
