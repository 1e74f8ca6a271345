"""Cleans the speakers' names in a file, and separates entries that are no names."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from exchange.files.bounds import bounded
from exchange.report import IssueLog, warning
from foundation.text.names import clean_line, name_key

NAME_MAX_LENGTH = 200
# Longer than this it is a sentence. The longest real name has 46 characters.
NAME_DOUBTFUL_LENGTH = 60
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
SPEAKER_DROPPED = warning("speakers.empty", _("This is no name; it was left out."))
SPEAKER_SEVERAL = warning(
    "speakers.several", _("This looks like several people; it was kept as one name.")
)
SPEAKER_LONG = warning("speakers.long", _("This looks like a sentence rather than a name."))
_SEVERAL_PEOPLE = re.compile(r",| & | and | / ", re.IGNORECASE)


def people_in(items: Iterable[tuple[Any, str]], log: IssueLog) -> dict[str, Any]:
    """Return `speakers`, names each once in their order, and `speakers_note` for what is nobody.

    `items` are what stands for a name each, and where.
    """
    names: dict[str, str] = {}
    notes: dict[str, str] = {}
    for item, location in items:
        name = _name(item, log, location)
        if name:
            kind = notes if name_key(name) in NOT_PEOPLE else names
            kind.setdefault(name_key(name), name)
    note = ", ".join(notes.values())[:NAME_MAX_LENGTH].rstrip()
    return {"speakers": list(names.values()), "speakers_note": note}


def _name(item: Any, log: IssueLog, location: str) -> str:
    name = clean_line(item) if isinstance(item, str) else ""
    if not name_key(name):
        log.add(SPEAKER_DROPPED, item, location)
        return ""
    if len(name) > NAME_DOUBTFUL_LENGTH:
        log.add(SPEAKER_LONG, name, location)
    elif _SEVERAL_PEOPLE.search(name):
        log.add(SPEAKER_SEVERAL, name, location)
    return bounded(name, NAME_MAX_LENGTH, log, location)
