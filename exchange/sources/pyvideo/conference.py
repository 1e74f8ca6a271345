"""Parses an event's `category.json`, with its talks for missing values, into conference fields."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from exchange.files.addresses import address_in_file
from exchange.files.bounds import bounded
from exchange.report import IssueLog
from exchange.sources.pyvideo import findings
from exchange.sources.pyvideo.fields import Found, Record, day_in, text_under
from exchange.sources.pyvideo.lists import CONFERENCE_WEBSITE
from foundation.text.names import clean_line, clean_text, name_key

TITLE_MAX_LENGTH = 300
DESCRIPTION_MAX_LENGTH = 100_000


def conference_fields(
    category: Record,
    *,
    days: list[str],
    links: Iterable[Found],
    offsets: Collection[str] = (),
    log: IssueLog,
) -> Found:
    """Return the conference's fields; what the file leaves out comes from its talks.

    `days` are the talks' ISO days, `links` those of their links that are about the conference,
    `offsets` the UTC offsets of their times. Dates taken from the talks are marked as estimated,
    and so is the one offset of all times.
    """
    return {
        **_title(category, log),
        **_description(category, log),
        **_website(category, links, log),
        **_dates(category, days, log),
        **_time_zone(offsets, log),
    }


def _title(category: Record, log: IssueLog) -> Found:
    text = text_under(category, "title", log)
    line = bounded(clean_line(text or ""), TITLE_MAX_LENGTH, log, "/title")
    return {"title": line} if name_key(line) else {}


def _description(category: Record, log: IssueLog) -> Found:
    text = text_under(category, "description", log)
    if text is None:
        return {}
    return {"description": bounded(clean_text(text), DESCRIPTION_MAX_LENGTH, log, "/description")}


def _website(category: Record, links: Iterable[Found], log: IssueLog) -> Found:
    """Return the URL in the file, else the one that most talks label as the website."""
    found = Counter((link["label"].casefold(), link["url"]) for link in links)
    for _label, url in sorted(found):
        log.add(findings.CONFERENCE_LINK, url)
    told = text_under(category, "url", log)
    if told and told.strip():
        address = address_in_file(told)
        if address.finding:
            log.add(address.finding, told, "/url")
        if address.url:
            return {"website": address.url}
    named = [(count, url) for (label, url), count in found.items() if label == CONFERENCE_WEBSITE]
    return {"website": max(named)[1]} if named else {}


def _time_zone(offsets: Collection[str], log: IssueLog) -> Found:
    """Return the only offset as the time zone; nothing if there are several."""
    if len(offsets) > 1:
        log.add(findings.OFFSETS_DIFFER, ", ".join(sorted(offsets)), "/recorded")
    if len(offsets) != 1:
        return {}
    [offset] = offsets
    return {"time_zone": offset, "time_zone_guessed": True}


def _dates(category: Record, days: list[str], log: IssueLog) -> Found:
    start, end = _day(category, "start_date", log), _day(category, "end_date", log)
    if end and (start is None or end < start):
        log.add(findings.END_UNUSABLE, category["end_date"], "/end_date")
        end = None
    return _as_fields(start, end, is_estimate=False) if start else _estimated_dates(days)


def _estimated_dates(days: list[str]) -> Found:
    """Return the first and last day of the talks as an estimate; they are often days of upload."""
    if not days:
        return {}
    first, last = (dt.date.fromisoformat(day) for day in (min(days), max(days)))
    return _as_fields(first, last, is_estimate=True)


def _day(category: Record, key: str, log: IssueLog) -> dt.date | None:
    raw: Any = category.get(key)
    if raw is None or raw == "":
        return None
    day = day_in(raw) if isinstance(raw, str) else None
    if day is None:
        log.add(findings.DATE_UNUSABLE, raw, f"/{key}")
    return day


def _as_fields(start: dt.date, end: dt.date | None, *, is_estimate: bool) -> Found:
    return {
        "starts_on": start.isoformat(),
        "ends_on": end.isoformat() if end else None,
        "dates_estimated": is_estimate,
    }
