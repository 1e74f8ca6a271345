"""Schedule JSON: version 1 (frab, pretalx, wafer, c3voc) and the draft of version 2 (hub)."""

from typing import Any

from exchange.files.json_files import UnreadableFileError
from exchange.report import IssueLog
from exchange.sources.schedule import findings
from exchange.sources.schedule.programme import Programme, Record, Slot, plain

# Who of the participants stands in a programme as a speaker.
_SPEAKING = frozenset({"", "speaker", "moderator", "presenter", "panelist", "panellist", "host"})
_NO_CONTENT = "feedback"


def is_schedule_json(value: Any) -> bool:
    """Tell whether a JSON value is a schedule, whole or not."""
    return isinstance(value, dict) and isinstance(value.get("schedule"), dict)


def programme_in_json(value: Record, log: IssueLog) -> Programme:
    """Return what a schedule says; raise UnreadableFileError where it is none."""
    schedule = value["schedule"]
    conference = schedule.get("conference")
    if not isinstance(conference, dict) or not plain(conference, "title"):
        raise UnreadableFileError(findings.NO_CONFERENCE, conference, "/schedule/conference")
    said = {**_places(schedule), **conference}
    events = schedule.get("events", conference.get("events"))
    if isinstance(events, list):
        return _version_2(said, schedule, events, log)
    if not isinstance(conference.get("days"), list):
        raise UnreadableFileError(findings.NO_DAYS, location="/schedule/conference/days")
    programme = Programme(said, days=[d for d in conference["days"] if isinstance(d, dict)])
    for number, day in enumerate(conference["days"]):
        programme.slots += _slots_of_day(day, f"/schedule/conference/days/{number}", log)
    return programme


def _places(schedule: Record) -> Record:
    """Return the addresses that stand beside the conference."""
    found = {"base_url": schedule.get("base_url"), "schedule_url": schedule.get("url")}
    return {key: value for key, value in found.items() if value is not None}


def _slots_of_day(day: Any, location: str, log: IssueLog) -> list[Slot]:
    rooms = day.get("rooms", {}) if isinstance(day, dict) else None
    if rooms is None and isinstance(day, dict):
        return []
    if not isinstance(rooms, dict):
        log.add(findings.ROOMS_UNUSABLE, rooms, location)
        return []
    slots = []
    for room, events in rooms.items():
        place = f"{location}/rooms/{room}"
        if not isinstance(events, list):
            log.add(findings.ROOMS_UNUSABLE, events, place)
            continue
        for number, event in enumerate(events):
            slots.append(Slot(f"{place}/{number}", event, plain(day, "date"), room))
    return _objects(slots, log)


def _objects(slots: list[Slot], log: IssueLog) -> list[Slot]:
    for slot in slots:
        if not isinstance(slot.record, dict):
            log.add(findings.NOT_AN_OBJECT, slot.record, slot.location)
    return [slot for slot in slots if isinstance(slot.record, dict)]


def _version_2(conference: Record, schedule: Record, events: list[Any], log: IssueLog) -> Programme:
    days = conference.get("days")
    programme = Programme(conference)
    programme.days = [d for d in days if isinstance(d, dict)] if isinstance(days, list) else []
    slots = [Slot(f"/schedule/events/{n}", event) for n, event in enumerate(events)]
    tracks = _names_by_slug(conference.get("tracks"))
    programme.slots = [
        Slot(slot.location, _as_version_1(slot.record, tracks)) for slot in _objects(slots, log)
    ]
    return programme


def _names_by_slug(tracks: Any) -> Record:
    listed = tracks if isinstance(tracks, list) else []
    return {
        track["slug"]: track.get("name")
        for track in listed
        if isinstance(track, dict) and isinstance(track.get("slug"), str)
    }


def _as_version_1(event: Record, tracks: Record) -> Record:
    track = event.get("track")
    if isinstance(track, dict) and "name" not in track and isinstance(track.get("slug"), str):
        track = tracks.get(track["slug"], track["slug"])
    renamed = {"date": event.get("start"), "persons": event.get("participants"), "track": track}
    known = {key: value for key, value in renamed.items() if value is not None}
    record = {**event, **known}
    record.pop("start", None)
    if isinstance(record.get("persons"), list):
        record["persons"] = [p for p in record["persons"] if _is_speaking(p)]
    if isinstance(record.get("links"), list):
        record["links"] = [link for link in record["links"] if not _is_feedback(link)]
    return record


def _is_speaking(person: Any) -> bool:
    return not isinstance(person, dict) or plain(person, "role").casefold() in _SPEAKING


def _is_feedback(link: Any) -> bool:
    return isinstance(link, dict) and plain(link, "type").casefold() == _NO_CONTENT
