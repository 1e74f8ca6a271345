"""iCalendar files (RFC 5545): events in, bytes out. Pure.

Times are in UTC, which needs no time zone definition: a talk happens once. A calendar library would
do no more here than these lines.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from foundation.text.names import without_controls

CONTENT_TYPE = "text/calendar; charset=utf-8"
_MOST_OCTETS = 75
_ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


@dataclass(frozen=True)
class Event:
    """A calendar event that happens once.

    `name` identifies it and never changes. `start` is an aware datetime or a date: with a date the
    event lasts whole days, and `end` is its last day. `stamp` is when this content was last changed
    (DTSTAMP), `changes` how often since (SEQUENCE). '' and None are unknown.
    """

    name: str
    summary: str
    start: dt.datetime | dt.date
    stamp: dt.datetime
    end: dt.datetime | dt.date | None = None
    location: str = ""
    description: str = ""
    url: str = ""
    is_cancelled: bool = False
    changes: int = 0


def calendar_of(name: str, events: Iterable[Event], *, uid: Callable[[str], str]) -> bytes:
    """Return the content of a calendar file with these events, at least one.

    Args:
        name: the name of the calendar.
        uid: makes of an event's name its id, which no other site gives out.
    """
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Talk Notes//Calendars//EN"),
        *(f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"),
        *(line for event in events for line in _lines_of(event, uid(event.name))),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _lines_of(event: Event, uid: str) -> Iterator[str]:
    stamp = _moment(event.stamp)
    yield from ("BEGIN:VEVENT", f"UID:{_text(uid)}", f"DTSTAMP:{stamp}")
    yield from (f"LAST-MODIFIED:{stamp}", f"SEQUENCE:{event.changes}")
    yield from _span(event)
    texts = ("summary", "location", "description")
    yield from (f"{t.upper()}:{_text(getattr(event, t))}" for t in texts if getattr(event, t))
    if event.url:
        yield f"URL:{without_controls(event.url)}"
    if event.is_cancelled:
        yield "STATUS:CANCELLED"
    yield "END:VEVENT"


def _span(event: Event) -> Iterator[str]:
    if isinstance(event.start, dt.datetime):
        yield f"DTSTART:{_moment(event.start)}"
        if isinstance(event.end, dt.datetime):
            yield f"DTEND:{_moment(event.end)}"
        return
    after = (event.end or event.start) + dt.timedelta(days=1)
    yield f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{after:%Y%m%d}"
    yield "TRANSP:TRANSPARENT"  # it does not take the whole day from whoever has the calendar


def _moment(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return without_controls(lines).translate(_ESCAPES)


def _folded(line: str) -> bytes:
    """Return the line folded at 75 bytes, without splitting a character."""
    pieces = [b""]
    for sign in line:
        octets = sign.encode()
        if len(pieces[-1]) + len(octets) > _MOST_OCTETS:
            pieces.append(b" ")
        pieces[-1] += octets
    return b"\r\n".join(pieces) + b"\r\n"
