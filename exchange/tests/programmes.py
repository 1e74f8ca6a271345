"""Programmes made up for a test: one conference, as schedule JSON and as schedule XML."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from exchange.library.importing import import_events
from exchange.library.records import ParsedEvent
from exchange.report import EventResult
from exchange.sources.schedule import SOURCE
from exchange.sources.schedule.source import parse_file

CONFERENCE = {
    "acronym": "leafcon",
    "title": "LeafCon",
    "start": "2030-05-03",
    "end": "2030-05-04",
    "time_zone_name": "Europe/Vienna",
}
_TEXTS = ("date", "start", "end", "duration", "title", "subtitle", "type", "language", "url")
_MORE_TEXTS = ("abstract", "description", "room", "track")


def talk(**fields: Any) -> dict[str, Any]:
    """Return a plain, complete entry; `field=None` leaves a field out."""
    entry = {
        "guid": "6f1d-roots",
        "id": 7,
        "date": "2030-05-03T10:00:00+02:00",
        "start": "10:00",
        "duration": "00:45",
        "room": "Hall",
        "title": "Roots",
        "subtitle": "",
        "track": "Soil",
        "type": "lecture",
        "language": "en",
        "abstract": "What holds a tree.",
        "description": "",
        "persons": [{"id": 1, "name": "Ada Quill"}],
        "links": [],
        "attachments": [],
        **fields,
    }
    return {key: value for key, value in entry.items() if value is not None}


def as_json(
    talks: Iterable[Any], *, day: str = "2030-05-03", around: Any = None, **conference: Any
) -> str:
    """Return a schedule of one day as JSON v1; `room` of each talk is the room it stands under."""
    rooms: dict[str, list[Any]] = {}
    for entry in talks:
        room = entry.get("room", "Hall") if isinstance(entry, dict) else "Hall"
        rooms.setdefault(room, []).append(entry)
    days = [{"index": 1, "date": day, "rooms": rooms}]
    said = {**CONFERENCE, "days": days, **conference}
    whole = {"version": "1", **(around or {}), "conference": said}
    return json.dumps({"schedule": whole})


def as_xml(talks: Iterable[dict[str, Any]], *, day: str = "2030-05-03", **conference: Any) -> str:
    """Return the same schedule as XML, as pretalx writes it."""
    said = {**CONFERENCE, **conference}
    head = "".join(f"<{key}>{escape(str(text))}</{key}>\n" for key, text in said.items())
    rooms: dict[str, str] = {}
    for entry in talks:
        rooms[entry["room"]] = rooms.get(entry["room"], "") + _event(entry)
    inside = "".join(f"<room name={quoteattr(name)}>\n{e}</room>\n" for name, e in rooms.items())
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<schedule><version>1</version>\n'
        f'<conference>{head}</conference>\n<day index="1" date="{day}">\n{inside}</day></schedule>'
    )


def read(folder: Path, content: str | bytes, name: str = "programme") -> ParsedEvent:
    """Return what a file of this content says. Its name says nothing about what it holds."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return parse_file(path)


def import_file(folder: Path, content: str | bytes, name: str = "programme") -> EventResult:
    """Import a file of this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return import_events(SOURCE, path).events[0]


def codes(event: ParsedEvent | EventResult) -> list[str]:
    """Return the codes of what was found."""
    return [issue.finding.code for issue in event.issues]


def _event(entry: dict[str, Any]) -> str:
    ids = "".join(f" {key}={quoteattr(str(entry[key]))}" for key in ("guid", "id") if key in entry)
    texts = "".join(
        f"<{key}>{escape(str(entry[key]))}</{key}>\n"
        for key in (*_TEXTS, *_MORE_TEXTS)
        if key in entry
    )
    persons = "".join(
        f"<person id={quoteattr(str(p['id']))}>{escape(p['name'])}</person>"
        for p in entry["persons"]
    )
    groups = "".join(
        f"<{group}>{''.join(_link(name, link) for link in entry[group])}</{group}>\n"
        for group, name in (("links", "link"), ("attachments", "attachment"))
    )
    return f"<event{ids}>\n{texts}<persons>{persons}</persons>\n{groups}</event>\n"


def _link(name: str, link: dict[str, str]) -> str:
    return f"<{name} href={quoteattr(link['url'])}>{escape(link['title'])}</{name}>"
