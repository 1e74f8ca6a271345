"""The single values of a slot: title, abstract, room, kind, language, people, links.

Each function takes the slot and the issue log and returns the fields it found: none where the
slot says nothing usable. Nothing here knows the database.
"""

from typing import Any

from exchange.files.bounds import (
    ABSTRACT_MAX_LENGTH,
    LICENCE_MAX_LENGTH,
    TITLE_MAX_LENGTH,
    at_most,
    bounded,
)
from exchange.files.people import people_in
from exchange.report import IssueLog
from exchange.sources.schedule import findings
from exchange.sources.schedule.programme import Record, Slot, localised, plain, text_under
from exchange.sources.schedule.slots import room_of
from foundation.text.languages import language_of
from foundation.text.names import clean_line, clean_text, name_key
from talks.enums import AbstractFormat, TalkKind

ROOM_MAX_LENGTH = TRACK_MAX_LENGTH = 200
NAME_KEYS = ("name", "public_name", "full_public_name")
# Which words of a file's name for a kind mean which of ours; the first that fits counts.
_KINDS = (
    (TalkKind.KEYNOTE, ("keynote",)),
    (TalkKind.TUTORIAL, ("tutorial", "training")),
    (TalkKind.WORKSHOP, ("workshop", "masterclass", "hands-on", "hands on", "sprint")),
    (TalkKind.LIGHTNING, ("lightning", "lightening")),
    (TalkKind.PANEL, ("panel", "podium", "discussion", "diskussion", "debate")),
    (TalkKind.POSTER, ("poster",)),
    (
        TalkKind.TALK,
        ("talk", "lecture", "vortrag", "presentation", "session", "devroom", "maintrack"),
    ),
    (
        TalkKind.OTHER,
        (
            *("other", "performance", "concert", "music", "film", "movie", "contest", "meeting"),
            *("meetup", "game", "party", "djset", "theater", "theatre", "show", "installation"),
            *("birds of a feather", "bof", "certification", "assembly", "exhibition", "social"),
        ),
    ),
)
_TRUE = frozenset({"true", "1", "yes", "y"})


def title(slot: Slot, log: IssueLog) -> Record:
    """Return the title, the subtitle after a dash."""
    parts = [clean_line(plain(slot.record, key)) for key in ("title", "subtitle")]
    line = " – ".join(part for part in parts if name_key(part))
    return {"title": bounded(line, TITLE_MAX_LENGTH, log, slot.at("title"))}


def abstract(slot: Slot, form: AbstractFormat, log: IssueLog) -> Record:
    """Return abstract and description, the latter where it says something else."""
    texts = {k: text_under(slot.record, k, log, slot.at(k)) for k in ("abstract", "description")}
    told = [clean_text(text) for text in texts.values() if text is not None]
    if not told:
        return {}
    by_words = {" ".join(text.split()): text for text in reversed(told) if text}
    text = bounded(
        "\n\n".join(reversed(by_words.values())), ABSTRACT_MAX_LENGTH, log, slot.at("abstract")
    )
    return {"abstract": text, "abstract_format": (form if text else AbstractFormat.PLAIN).value}


def room(slot: Slot, log: IssueLog) -> Record:
    """Return the room under which the slot stands, else the one it names."""
    named = clean_line(plain(slot.record, "room"))
    found = room_of(slot)
    if named and named != found:
        log.add(findings.ROOM_DIFFERS, named, slot.at("room"))
    if not found and "room" not in slot.record:
        return {}
    return {"room": bounded(found, ROOM_MAX_LENGTH, log, slot.at("room"))}


def track(slot: Slot, log: IssueLog) -> Record:
    """Return the track."""
    text = text_under(slot.record, "track", log, slot.at("track"))
    if text is None:
        return {}
    return {"track": bounded(clean_line(text), TRACK_MAX_LENGTH, log, slot.at("track"))}


def kind(slot: Slot, log: IssueLog) -> Record:
    """Return which of our kinds the slot's name for its kind means."""
    said = text_under(slot.record, "type", log, slot.at("type"))
    words = (said or "").casefold()
    if not words.strip():
        return {}
    for ours, theirs in _KINDS:
        if any(word in words for word in theirs):
            return {"kind": ours.value}
    log.add(findings.KIND_UNKNOWN, said, slot.at("type"))
    return {}


def language(slot: Slot, log: IssueLog) -> Record:
    """Return the language as a code of two letters, '' where the slot leaves it open."""
    text = text_under(slot.record, "language", log, slot.at("language"))
    if text is None:
        return {}
    meant = language_of(text)
    if text.strip() and not meant.code:
        log.add(findings.LANGUAGE_UNKNOWN, text, slot.at("language"))
        return {}
    if meant.is_one_of_several:
        log.add(findings.LANGUAGES_SEVERAL, text, slot.at("language"))
    return {"language": meant.code}


def recording_rules(slot: Slot, log: IssueLog) -> Record:
    """Return the licence, and whether the talk is not to be recorded."""
    found: Record = {}
    licence = text_under(slot.record, "recording_license", log, slot.at("recording_license"))
    if licence is not None:
        place = slot.at("recording_license")
        found["licence"] = bounded(clean_line(licence), LICENCE_MAX_LENGTH, log, place)
    for ours, theirs in (("do_not_record", "do_not_record"), ("is_cancelled", "cancelled")):
        if theirs in slot.record:
            found[ours] = _is_true(slot.record[theirs])
    return found


def speakers(slot: Slot, log: IssueLog) -> Record:
    """Return `speakers`, names each once in their order, and `speakers_note` for what is nobody."""
    if "persons" not in slot.record:
        return {}
    raw = slot.record["persons"] or []
    place = slot.at("persons")
    if not isinstance(raw, list):
        log.add(findings.PERSONS_UNUSABLE, raw, place)
        return {}
    items = at_most(raw, log, place)
    return people_in([(_name_of(item), f"{place}/{n}") for n, item in enumerate(items)], log)


def note_shared_ids(slots: list[Slot], log: IssueLog) -> None:
    """Note ids that several names have: accounts of groups, or slips."""
    names: dict[str, dict[str, str]] = {}
    for slot in slots:
        persons = slot.record.get("persons")
        for person in persons if isinstance(persons, list) else []:
            name = _name_of(person)
            if isinstance(person, dict) and isinstance(name, str) and plain(person, "id"):
                names.setdefault(plain(person, "id"), {}).setdefault(name_key(name), name)
    for number, several in names.items():
        if len(several) > 1:
            log.add(findings.SAME_ID, f"{number}: {', '.join(several.values())}", "persons")


def _name_of(person: Any) -> Any:
    """Return a person's name, the first there is; whatever it is where there is none."""
    if not isinstance(person, dict):
        return person
    names = (localised(person.get(key)) for key in NAME_KEYS)
    return next((name for name in names if isinstance(name, str) and name.strip()), person)


def _is_true(value: Any) -> bool:
    return value is True or str(value).strip().casefold() in _TRUE
