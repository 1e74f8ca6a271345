"""Which slots of a programme are talks, and what each is known by.

By its guid, else its code, else its id where nothing else in the file has it, else its title.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from exchange.report import IssueLog, shown
from exchange.sources.schedule import findings
from exchange.sources.schedule.programme import Slot, plain
from foundation.text.names import clean_line, name_key

KEY_MAX_LENGTH = 480  # a number may follow
# What kinds of slots are no talks.
NOT_TALKS = frozenset(
    {"block", "break", "breaks", "buildupteardown", "meta", "metaevent", "meal", "shift"}
)
# Titles of slots at which nobody speaks, whole ones only.
_PAUSE = re.compile(
    r"^(?:(?:coffee|tea|lunch|dinner|breakfast|morning|afternoon|short|long)[ -]?)*"
    r"(?:break|lunch|dinner|breakfast|coffee|tea|registration|check-in|doors open)s?$"
    r"|^(?:(?:kaffee|mittags)?pause|mittagessen|pause(?: déjeuner| café)?|descanso|almuerzo"
    r"|einlass|registrierung)$"
)


@dataclass
class Told:
    """The slots that are talks, each by what it is known by; and by what the others are."""

    talks: list[tuple[str, Slot]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def talks_in(slots: list[Slot], log: IssueLog) -> Told:
    """Tell talks from what is none, and one talk from another."""
    told, sorting = Told(), _Sorting(slots, log)
    for slot in slots:
        key = sorting.key_of(slot)
        if sorting.is_a_talk(slot, key):
            told.talks.append((key, slot))
        else:
            told.skipped.append(key)
    sorting.sum_up()
    return told


def room_of(slot: Slot) -> str:
    """Return the room under which a slot stands, else the one that it names."""
    return clean_line(slot.room) or clean_line(plain(slot.record, "room"))


class _Sorting:
    """What is known of a programme's slots while they are looked at, one after the other."""

    def __init__(self, slots: list[Slot], log: IssueLog) -> None:
        self._log = log
        self._ids = Counter(_id(slot) for slot in slots if not plain(slot.record, "guid"))
        self._places = {id(slot): _when_and_where(slot) for slot in slots}
        self._first: dict[str, Slot] = {}
        self._times: Counter[str] = Counter()
        self._no_talks: Counter[str] = Counter()
        self._placeholders = 0
        self._repeats: set[str] = set()

    def key_of(self, slot: Slot) -> str:
        """Return what a slot is known by; another key for each slot."""
        stem, is_one_slot = self._stem(slot)
        self._times[stem] += 1
        number = self._times[stem]
        if number == 1:
            self._first[stem] = slot
            return stem
        key = f"{stem}#{number}"
        if is_one_slot or self._is_a_copy(slot, self._first[stem]):
            self._note_repeat(slot, self._first[stem])
            self._repeats.add(key)
        return key

    def is_a_talk(self, slot: Slot, key: str) -> bool:
        """Tell whether a slot is a talk, seen for the first time, and note why not."""
        kind = plain(slot.record, "type").casefold()
        title = name_key(plain(slot.record, "title"))
        if key in self._repeats:
            return False
        if kind in NOT_TALKS or (_PAUSE.match(title) and not slot.record.get("persons")):
            self._no_talks[kind if kind in NOT_TALKS else title] += 1
        elif not title and not _id(slot):
            self._placeholders += 1
        elif not title:
            self._log.add(findings.NO_TITLE, slot.record.get("title"), slot.at("title"))
        else:
            return True
        return False

    def sum_up(self) -> None:
        """Note how many slots were no talks."""
        for kind, number in self._no_talks.items():
            self._log.add(findings.NO_TALKS, f"{kind}: {number}", "type")
        if self._placeholders:
            self._log.add(findings.PLACEHOLDERS, self._placeholders)

    def _stem(self, slot: Slot) -> tuple[str, bool]:
        """Return what a slot says it is known by, and whether that can be one slot only."""
        record = slot.record
        guid, code, number = plain(record, "guid"), plain(record, "code"), _id(slot)
        if guid:
            return _bounded(guid), True
        if code:
            return _bounded(f"code:{code}"), False
        if number and self._ids[number] == 1:
            return _bounded(f"id:{number}"), False
        return _bounded(f"title:{name_key(plain(record, 'title'))}"), False

    def _is_a_copy(self, slot: Slot, first: Slot) -> bool:
        """Tell whether a slot without a guid is an earlier one in another room."""
        same = self._places[id(slot)][0] == self._places[id(first)][0]
        return bool(_id(slot)) and _id(slot) == _id(first) and same

    def _note_repeat(self, slot: Slot, first: Slot) -> None:
        places = [self._places[id(one)] for one in (first, slot)]
        if plain(slot.record, "guid") and places[0] != places[1]:
            both = " / ".join(" ".join(part for part in place if part) for place in places)
            self._log.add(findings.GUID_DIFFERS, both, slot.location)
        else:
            self._log.add(findings.REPEATED, first.location, slot.location)


def _id(slot: Slot) -> str:
    """Return a slot's id; 0 is one."""
    return plain(slot.record, "id")


def _when_and_where(slot: Slot) -> tuple[str, str]:
    said = (slot.day, plain(slot.record, "date"), plain(slot.record, "start"))
    return " ".join(part for part in said if part), room_of(slot)


def _bounded(key: str) -> str:
    return clean_line(shown(key, KEY_MAX_LENGTH))
