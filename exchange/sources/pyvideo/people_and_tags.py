"""The speakers and tags of a pyvideo record."""

import re
from typing import Any

from exchange.report import Finding, IssueLog
from exchange.sources.pyvideo import findings
from exchange.sources.pyvideo.fields import Found, Record, bounded
from foundation.text.names import clean_line, name_key
from talks.tagging.text import TAG_MAX_LENGTH, tag_names

NAME_MAX_LENGTH = 200
# Longer than this it is a sentence. The longest real name has 46 characters.
NAME_DOUBTFUL_LENGTH = 60
TAG_DOUBTFUL_LENGTH = 50
# The fullest real talk has 34 speakers.
MAX_ITEMS = 300
# What programmes say where they name nobody. Whole names only: "Nathan" is a person.
NOT_PEOPLE = frozenset(
    {
        "various speakers",
        "various",
        "varios",
        "various contributors",
        "tba",
        "tbd",
        "n/a",
        "speaker",
    }
)
_SEVERAL_PEOPLE = re.compile(r",| & | and | / ", re.IGNORECASE)


def speakers(record: Record, log: IssueLog) -> Found:
    """Return `speakers`, names each once in their order, and `speakers_note` for what is nobody."""
    raw = record.get("speakers")
    if isinstance(raw, str) and raw.strip():
        log.add(findings.SPEAKERS_AS_TEXT, raw, "/speakers")
        raw = [raw]
    if not isinstance(raw, list):
        log.add(findings.SPEAKERS_UNUSABLE, raw, "/speakers")
        return {}
    names: dict[str, str] = {}
    notes: dict[str, str] = {}
    for place, item in enumerate(at_most(raw, log, "/speakers")):
        name = _name(item, log, f"/speakers/{place}")
        if name:
            kind = notes if name_key(name) in NOT_PEOPLE else names
            kind.setdefault(name_key(name), name)
    note = ", ".join(notes.values())[:NAME_MAX_LENGTH].rstrip()
    return {"speakers": list(names.values()), "speakers_note": note}


def tags(record: Record, log: IssueLog) -> Found:
    """Return `tags`, names each once in their order, spelled as in the record."""
    if "tags" not in record:
        return {}
    raw = record["tags"]
    if isinstance(raw, str) and raw.strip():
        log.add(findings.TAGS_AS_TEXT, raw, "/tags")
        raw = [raw]
    if not isinstance(raw, list) and raw not in (None, ""):
        log.add(findings.TAGS_UNUSABLE, raw, "/tags")
        return {}
    names: dict[str, str] = {}
    for place, item in enumerate(at_most(raw or [], log, "/tags")):
        for name in _tag_names(item, log, f"/tags/{place}"):
            names.setdefault(name_key(name), name)
    return {"tags": list(names.values())}


def at_most(items: list[Any], log: IssueLog, location: str) -> list[Any]:
    """Return the list, cut where no honest one is so long, and say so."""
    if len(items) > MAX_ITEMS:
        log.add(findings.TOO_MANY, len(items), location)
    return items[:MAX_ITEMS]


def _name(item: Any, log: IssueLog, location: str) -> str:
    name = clean_line(item) if isinstance(item, str) else ""
    if not name_key(name):
        log.add(findings.SPEAKER_DROPPED, item, location)
        return ""
    if len(name) > NAME_DOUBTFUL_LENGTH:
        log.add(findings.SPEAKER_LONG, name, location)
    elif _SEVERAL_PEOPLE.search(name):
        log.add(findings.SPEAKER_SEVERAL, name, location)
    return bounded(name, NAME_MAX_LENGTH, log, location)


def _tag_names(item: Any, log: IssueLog, location: str) -> list[str]:
    names = tag_names(item) if isinstance(item, str) else []
    if not names:
        log.add(findings.TAG_DROPPED, item, location)
    elif len(names) > 1:
        log.add(findings.TAG_SPLIT, item, location)
    return [name for name in names if _tag_fits(name, log, location)]


def _tag_fits(name: str, log: IssueLog, location: str) -> bool:
    finding: Finding | None = None
    if len(name) > TAG_MAX_LENGTH:
        finding = findings.TAG_DROPPED
    elif len(name) > TAG_DOUBTFUL_LENGTH or name.count("#") > 1:
        finding = findings.TAG_DOUBTFUL
    if finding:
        log.add(finding, name, location)
    return len(name) <= TAG_MAX_LENGTH
