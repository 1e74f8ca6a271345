"""What pretalx's REST API answers about submissions and talks: a list, or pages with `results`.

Such a dump names no conference: that is known by the file, and its days by its talks.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from exchange.files.json_files import UnreadableFileError
from exchange.report import IssueLog
from exchange.sources.schedule import findings
from exchange.sources.schedule.programme import Programme, Record, Slot, localised, plain

# Of the states of a submission, those that a programme shows; '' where the answer leaves it out.
_SHOWN = frozenset({"", "accepted", "confirmed"})
_CANCELLED = frozenset({"canceled", "cancelled"})


def entries_in(value: Any) -> list[Any] | None:
    """Return the entries of an API's answer; None where the value is no such answer."""
    if isinstance(value, dict) and isinstance(value.get("results"), list):
        value = value["results"]
    return value if isinstance(value, list) and any(_is_coded(entry) for entry in value) else None


def programme_in_dump(entries: list[Any], log: IssueLog) -> Programme:
    """Return what a dump says; raise UnreadableFileError where it is one of something else."""
    if not any(_is_a_submission(entry) for entry in entries):
        raise UnreadableFileError(findings.OTHER_DUMP, sorted(entries_keys(entries))[:10])
    programme, hidden = Programme(), Counter[str]()
    for number, entry in enumerate(entries):
        if not isinstance(entry, dict):
            log.add(findings.NOT_AN_OBJECT, entry, f"/{number}")
        elif plain(entry, "state").casefold() not in _SHOWN | _CANCELLED:
            hidden[plain(entry, "state")] += 1
        else:
            programme.slots += _slots(entry, f"/{number}", log)
    for state, count in hidden.items():
        log.add(findings.NOT_ACCEPTED, f"{state}: {count}", "state")
    return programme


def entries_keys(entries: Iterable[Any]) -> set[str]:
    """Return the keys that the entries have."""
    return {str(key) for entry in entries if isinstance(entry, dict) for key in entry}


def _is_coded(entry: Any) -> bool:
    return isinstance(entry, dict) and "code" in entry


def _is_a_submission(entry: Any) -> bool:
    return _is_coded(entry) and "title" in entry


def _slots(entry: Record, location: str, log: IssueLog) -> list[Slot]:
    """Return one slot for each time the submission is held; one without a time where none is."""
    raw = entry.get("slots", entry.get("slot"))
    held = [slot for slot in (raw if isinstance(raw, list) else [raw]) if isinstance(slot, dict)]
    people = _people(entry.get("speakers"), location, log)
    return [Slot(location, _record(entry, slot) | people) for slot in held or [{}]]


def _record(entry: Record, slot: Record) -> Record:
    """Return the entry in the words of schedule JSON; only what it has, and no numbers of rows."""
    found = {
        "code": entry.get("code"),
        "date": slot.get("start"),
        "end": slot.get("end"),
        "room": _named(slot.get("room")),
        "type": _named(entry.get("submission_type")),
        "track": _named(entry.get("track")),
        "language": entry.get("content_locale"),
        "links": _resources(entry.get("resources")),
    }
    same = ("title", "abstract", "description", "duration", "do_not_record")
    record = {key: entry[key] for key in same if key in entry}
    record |= {key: value for key, value in found.items() if value is not None}
    if plain(entry, "state"):
        record["cancelled"] = plain(entry, "state").casefold() in _CANCELLED
    return record


def _named(value: Any) -> Any:
    return None if isinstance(value, (int, float)) else localised(value)


def _people(raw: Any, location: str, log: IssueLog) -> Record:
    """Return the speakers; none where the answer has their codes alone."""
    if isinstance(raw, list) and raw and all(isinstance(person, (str, int)) for person in raw):
        log.add(findings.UNNAMED_PEOPLE, raw, f"{location}/speakers")
        return {}
    return {} if raw is None else {"persons": raw}


def _resources(resources: Any) -> Any:
    if not isinstance(resources, list):
        return resources
    return [
        {"url": r.get("resource") or r.get("link"), "title": r.get("description")}
        if isinstance(r, dict)
        else r
        for r in resources
    ]
