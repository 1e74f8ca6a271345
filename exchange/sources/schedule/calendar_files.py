"""iCalendar files: each event of a calendar is a slot."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from icalendar import Calendar, Component, vBroken

from exchange.files.json_files import NOT_UTF8, TOO_BIG, UnreadableFileError
from exchange.report import IssueLog
from exchange.sources.schedule import findings
from exchange.sources.schedule.programme import Programme, Record, Slot
from talks.enums import AbstractFormat

# Each line takes the library a tenth of a millisecond, and 1,000 talks have some 30,000.
MAX_LINES = 200_000
MAX_BYTES = 32 * 1024 * 1024
_TEXTS = {"title": "SUMMARY", "abstract": "DESCRIPTION", "room": "LOCATION", "url": "URL"}
_OF_CALENDAR = {
    "title": ("X-WR-CALNAME", "NAME"),
    "description": ("X-WR-CALDESC", "DESCRIPTION"),
    "time_zone_name": ("X-WR-TIMEZONE",),
    "url": ("URL",),
}
# Everything that the library was seen to raise; what it reads is anybody's.
_UNREADABLE = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError),
    *(RecursionError, AssertionError, NotImplementedError),
)
# Who is invited but does not speak.
_LISTENING = frozenset({"NON-PARTICIPANT", "OPT-PARTICIPANT"})


def programme_in_calendar(content: bytes, log: IssueLog) -> Programme:
    """Return what a calendar says; raise UnreadableFileError where it cannot be read."""
    if len(content) > MAX_BYTES or content.count(b"\n") > MAX_LINES:
        raise UnreadableFileError(TOO_BIG, len(content))
    calendars = _parsed(content)
    events = [one for c in calendars for one in c.subcomponents if one.name == "VEVENT"]
    programme = Programme(_conference(calendars[0], events), abstract_format=AbstractFormat.PLAIN)
    for number, event in enumerate(events, start=1):
        slot = Slot(f"VEVENT {number}", _record(event))
        if "RRULE" in event or "RDATE" in event:
            log.add(findings.REPEATS, location=slot.at("RRULE"))
        programme.slots.append(slot)
    starts = [start for event in events if (start := _moment(event, "DTSTART"))]
    aware = [start for start in starts if start.tzinfo]
    programme.is_in_utc = bool(aware) and not any(start.utcoffset() for start in aware)
    if programme.is_in_utc and "time_zone_name" not in programme.conference:
        log.add(findings.UTC_ALONE)
    return programme


def _parsed(content: bytes) -> list[Component]:
    """Return the calendars of a file. Bytes, always: of a text the library may make a path."""
    try:
        content.decode("utf-8")
        found = Calendar.from_ical(content, multiple=True)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(NOT_UTF8, error.reason, f"byte {error.start}") from error
    except _UNREADABLE as error:
        raise UnreadableFileError(findings.NOT_A_CALENDAR, str(error)[:200]) from error
    calendars: list[Component] = [found] if isinstance(found, Component) else [*found]
    if not calendars:
        raise UnreadableFileError(findings.NOT_A_CALENDAR)
    return calendars


def _conference(calendar: Component, events: list[Component]) -> Record:
    found = {}
    for key, names in _OF_CALENDAR.items():
        text = next((text for name in names if (text := _text(calendar.get(name)))), "")
        if text:
            found[key] = text
    zones = {_zone_of(event) for event in events} & available_timezones()
    if "time_zone_name" not in found and len(zones) == 1:
        found["time_zone_name"] = zones.pop()
    return found


def _record(event: Component) -> Record:
    """Return an event in the words of schedule JSON; only what it has."""
    record: Record = {key: _text(event[name]) for key, name in _TEXTS.items() if name in event}
    uid, again = _text(event.get("UID")), _text(event.get("RECURRENCE-ID"))
    if uid:
        record["guid"] = f"{uid} {again}".strip()
    record |= _times(event)
    record["track"] = ", ".join(_categories(event))
    record["persons"] = [name for one in _all(event, "ATTENDEE") if (name := _speaker(one))]
    record["attachments"] = [_text(one) for one in _all(event, "ATTACH")]
    record["cancelled"] = _text(event.get("STATUS")).upper() == "CANCELLED"
    language = _parameter(event.get("SUMMARY"), "LANGUAGE")
    return record | ({"language": language} if language else {})


def _times(event: Component) -> Record:
    if "DTSTART" not in event:
        return {}
    start, end = _moment(event, "DTSTART"), _moment(event, "DTEND")
    if start is None:
        day = _told(event["DTSTART"], "dt")
        return {"date": day.isoformat() if type(day) is dt.date else _text(event["DTSTART"])}
    found: Record = {"date": _iso(start)}
    if end is not None:
        found["end"] = _iso(end)
    length = _told(event.get("DURATION"), "dt")
    if end is None and isinstance(length, dt.timedelta):
        found["duration"] = str(length // dt.timedelta(minutes=1))
    return found


def _moment(event: Component, name: str) -> dt.datetime | None:
    value = _told(event.get(name), "dt")
    return value if isinstance(value, dt.datetime) else None


def _iso(moment: dt.datetime) -> str:
    return moment.replace(microsecond=0).isoformat()


def _zone_of(event: Component) -> str:
    return _parameter(event.get("DTSTART"), "TZID")


def _categories(event: Component) -> list[str]:
    return [
        text
        for value in _all(event, "CATEGORIES")
        for one in _told(value, "cats") or [value]
        if (text := _text(one))
    ]


def _speaker(attendee: Any) -> str:
    """Return the name of somebody who speaks; '' where only an address is known."""
    role = _parameter(attendee, "ROLE").upper()
    return "" if role in _LISTENING else _parameter(attendee, "CN").strip('"')


def _all(event: Component, name: str) -> Iterable[Any]:
    value = event.get(name)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _parameter(value: Any, name: str) -> str:
    parameters = _told(value, "params")
    found = parameters.get(name, "") if parameters is not None else ""
    return found if isinstance(found, str) else ""


def _told(value: Any, name: str) -> Any:
    """Return what the library made of a property; None where it could make nothing of it."""
    return None if isinstance(value, vBroken) else getattr(value, name, None)


def _text(value: Any) -> str:
    """Return a property's text; of one that stands there several times the first's."""
    if isinstance(value, list):
        value = value[0] if value else None
    if value is None:
        return ""
    moment = _told(value, "dt")
    return moment.isoformat() if isinstance(moment, dt.date) else str(value)
