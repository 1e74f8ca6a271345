"""Schedule XML: pretalx, frab, pentabarf and FOSDEM, wafer, hub, EMF."""

import re

from exchange.files.json_files import UnreadableFileError
from exchange.files.xml_files import Element, XmlDocument
from exchange.report import IssueLog
from exchange.sources.schedule import findings
from exchange.sources.schedule.programme import Programme, Record, Slot
from talks.enums import AbstractFormat

SLOT = "event"
_TEXTS = (
    *("date", "start", "end", "duration", "title", "subtitle", "type", "language"),
    *("abstract", "description", "room", "url", "code", "video_download_url"),
)
_OF_CONFERENCE = (
    *("title", "acronym", "start", "end", "base_url", "url", "time_zone_name", "city"),
    "day_change",
)
_CALENDARS = frozenset({"icalendar", "vcalendar"})
_HTML = re.compile(r"^\s*<(?:p|div|ul|ol|h[1-6]|br)\b", re.IGNORECASE)


def programme_in_xml(document: XmlDocument, log: IssueLog) -> Programme:
    """Return what a schedule says; raise UnreadableFileError where it is none."""
    root = document.root
    if root.tag.casefold() in _CALENDARS:
        raise UnreadableFileError(findings.XML_CALENDAR, root.tag)
    if root.tag != "schedule":
        raise UnreadableFileError(findings.NOT_A_SCHEDULE, f"<{root.tag}>")
    conference = root.find("conference")
    said = _conference(root, conference) if conference is not None else {}
    if not said.get("title"):
        raise UnreadableFileError(findings.NO_CONFERENCE, location="<conference>")
    days = root.findall("day")
    if not days:
        raise UnreadableFileError(findings.NO_DAYS, location="<schedule>")
    programme = Programme(said, days=[dict(day.attrib) for day in days])
    for day in days:
        programme.slots += _slots_of_day(day, document)
    programme.abstract_format = _format_of(programme.slots)
    return programme


def _conference(root: Element, conference: Element) -> Record:
    found = {name: _text(conference, name) for name in _OF_CONFERENCE}
    found["schedule_url"] = _text(root, "url")
    return {name: text for name, text in found.items() if text is not None}


def _slots_of_day(day: Element, document: XmlDocument) -> list[Slot]:
    """Return the day's slots, those in rooms and those beside them, in the order of the file."""
    date = day.get("date", "")
    slots = []
    for child in day:
        inside = child.iter(SLOT) if child.tag != SLOT else [child]
        room = child.get("name", "") if child.tag == "room" else ""
        slots += [
            Slot(f"line {document.line_of(event)}", _record(event), date, room) for event in inside
        ]
    return slots


def _record(event: Element) -> Record:
    record: Record = {name: event.get(name) for name in ("guid", "id", "code") if event.get(name)}
    for name in _TEXTS:
        text = _text(event, name)
        if text is not None:
            record[name] = text
    record |= _track(event)
    record |= _recording(event)
    record["persons"] = _persons(event)
    record["links"] = _links(event, "links", "link")
    record["attachments"] = _links(event, "attachments", "attachment")
    return record


def _text(parent: Element, name: str) -> str | None:
    """Return the first text of the children of a name that says something; '' where none does."""
    found = ["".join(child.itertext()) for child in parent.findall(name)]
    return next((text for text in found if text.strip()), "") if found else None


def _track(event: Element) -> Record:
    track = event.find("track")
    if track is None:
        return {}
    return {"track": _text(event, "track") or track.get("name", "")}


def _recording(event: Element) -> Record:
    recording = event.find("recording")
    if recording is None:
        return {}
    found = {
        "recording_license": _text(recording, "license"),
        "do_not_record": _text(recording, "optout"),
        "recording_url": _text(recording, "url"),
    }
    return {name: text for name, text in found.items() if text is not None}


def _persons(event: Element) -> list[Record]:
    listed = event.findall("persons/person") or event.findall("person")
    return [
        {"name": _text(person, "name") or "".join(person.itertext()), "id": person.get("id")}
        for person in listed
    ]


def _links(event: Element, group: str, name: str) -> list[Record]:
    return [
        {
            "url": link.get("href") or link.get("url") or "".join(link.itertext()),
            "title": "".join(link.itertext()),
            "type": link.get("type") or "",
        }
        for link in event.findall(f"{group}/{name}")
    ]


def _format_of(slots: list[Slot]) -> AbstractFormat:
    """Return HTML where most texts begin with a block of it, otherwise Markdown with HTML."""
    texts = [
        text for s in slots for key in ("abstract", "description") if (text := s.record.get(key))
    ]
    marked = sum(1 for text in texts if _HTML.match(text))
    return AbstractFormat.HTML if marked * 2 > len(texts) else AbstractFormat.MARKDOWN
