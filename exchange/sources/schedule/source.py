"""Reading a programme: one file in, frozen records and issues out.

The dialect is told from the content, never from the file's name. Nothing here knows the database,
and no content can make it raise.
"""

import datetime as dt
import hashlib
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.files.json_files import UnreadableFileError, read_bytes
from exchange.library.records import ParsedEvent, ParsedTalk
from exchange.report import IssueLog, shown
from exchange.sources.schedule import fields, findings
from exchange.sources.schedule.conference import (
    base_of,
    conference_fields,
    conference_name,
    first_day,
)
from exchange.sources.schedule.dialects import programme_in
from exchange.sources.schedule.links import links_and_recordings
from exchange.sources.schedule.programme import Programme, Record, Slot, plain
from exchange.sources.schedule.slots import Told, talks_in
from exchange.sources.schedule.times import Clock, Start, clock_of, duration_of, start_of
from exchange.sources.source import FoundEvents, UnreadableSourceError
from foundation.text.names import clean_line
from talks.enums import AbstractFormat

MAX_FILE_BYTES = 128 * 1024 * 1024


# How files are called by what is in them, whatever their conference is.
_NAMELESS = frozenset(
    {"submissions", "talks", "sessions", "schedule", "programme", "program", "calendar", "export"}
)


class ScheduleSource:
    """The source of programmes in files."""

    kind = "schedule"
    label: str | Promise = gettext_lazy("schedule")

    def find(self, path: Path, only: Collection[str] = ()) -> FoundEvents[Path]:
        """Return the file, or the files of a folder."""
        return find_files(path, only)

    def read(self, place: Path) -> ParsedEvent:
        """Return everything that a file says."""
        return parse_file(place)


SOURCE = ScheduleSource()


def find_files(path: Path, only: Collection[str] = ()) -> FoundEvents[Path]:
    """Return the file, or those that a folder holds, in the order of names.

    `only` names files, with or without their endings. Raises UnreadableSourceError where there is
    nothing at the path, or no file of such a name.
    """
    root = Path(os.path.abspath(path))  # noqa: PTH100 -- resolve() would take a link's target
    found: FoundEvents[Path] = FoundEvents()
    try:
        if not root.is_dir():
            root.stat()
            found.events.append(root)
        for entry in sorted(root.iterdir()) if root.is_dir() else []:
            if entry.is_file() and not entry.is_symlink() and not entry.name.startswith("."):
                found.events.append(entry)
            else:
                found.pass_over(findings.IGNORED, entry.name)
    except OSError as error:
        raise UnreadableSourceError(f"{shown(str(path))}: {error.strerror}") from error
    if only:
        _keep_named(found, only)
    return found


def _keep_named(found: FoundEvents[Path], only: Collection[str]) -> None:
    found.events = [file for file in found.events if {file.name, file.stem} & set(only)]
    missing = set(only) - {name for file in found.events for name in (file.name, file.stem)}
    if missing:
        raise UnreadableSourceError(
            _("There is no file of this name: %(names)s")
            % {"names": shown(", ".join(sorted(missing)))}
        )


def parse_file(path: Path) -> ParsedEvent:
    """Return everything that a file says, and everything that is wrong with it."""
    log = IssueLog(shown(path.name))
    content = b""
    try:
        content = read_bytes(path, MAX_FILE_BYTES)
        return _Parsing(path, content, programme_in(content, log), log).event()
    except UnreadableFileError as problem:
        log.add(problem.finding, problem.value, problem.location)
        return _unreadable(path, content, log)


def _unreadable(path: Path, content: bytes, log: IssueLog) -> ParsedEvent:
    return ParsedEvent(
        source_kind=ScheduleSource.kind,
        name=_name_of(path),
        folder=shown(path.name),
        described_in=shown(path.name),
        is_described=False,
        fields={},
        talks=(),
        skipped=(),
        issues=tuple(log.issues),
        files_hash=hashlib.sha256(content).hexdigest(),
    )


def _name_of(path: Path) -> str:
    """Return the file's name without its ending; its folder's where that names no event."""
    stem = clean_line(path.stem)[:200]
    return (
        clean_line(path.parent.name)[:200] if stem.casefold() in _NAMELESS else stem or "schedule"
    )


@dataclass
class _Parsing:
    """A programme on its way to records."""

    path: Path
    content: bytes
    programme: Programme
    log: IssueLog

    def event(self) -> ParsedEvent:
        """Return the event that the programme is."""
        said = self.programme.conference
        clock = clock_of(self.programme, self.log)
        told = talks_in(self.programme.slots, self.log)
        fields.note_shared_ids([slot for _key, slot in told.talks], self.log)
        talks, days = self._talks(told, clock)
        name = conference_name(said, first_day(self.programme, days), _name_of(self.path))
        self.log.name_record("")
        return ParsedEvent(
            source_kind=ScheduleSource.kind,
            name=name,
            folder=shown(self.path.name),
            described_in=shown(self.path.name),
            is_described=True,
            fields=conference_fields(self.programme, clock, days, self.log),
            talks=talks,
            skipped=tuple(told.skipped),
            issues=tuple(self.log.issues),
            files_hash=hashlib.sha256(self.content).hexdigest(),
            is_yet_empty=not self.programme.slots,
            may_share_name=True,
        )

    def _talks(self, told: Told, clock: Clock) -> tuple[tuple[ParsedTalk, ...], set[dt.date]]:
        base = base_of(self.programme.conference)
        form = self.programme.abstract_format
        talks, days, naive = [], set(), 0
        for key, slot in told.talks:
            self.log.name_record(clean_line(plain(slot.record, "title")))
            start = start_of(slot, clock, self.log)
            found = {**_when(start), **talk_fields(slot, form, base, self.log)}
            talks.append(ParsedTalk(key, self.log.file, found, slot.location))
            days |= {start.day} if start.day else set()
            naive += start.is_naive
        self.log.name_record("")
        if naive:
            self.log.add(findings.NAIVE_TIMES, naive, "date")
        return tuple(talks), days


def talk_fields(slot: Slot, form: AbstractFormat, base: str, log: IssueLog) -> Record:
    """Return what a slot says about its talk, but when it is given."""
    return {
        **fields.title(slot, log),
        **duration_of(slot, log),
        **fields.room(slot, log),
        **fields.track(slot, log),
        **fields.kind(slot, log),
        **fields.language(slot, log),
        **fields.abstract(slot, form, log),
        **fields.recording_rules(slot, log),
        **fields.speakers(slot, log),
        **links_and_recordings(slot, base, log),
    }


def _when(start: Start) -> Record:
    if start.day is None:
        return {}
    moment = start.moment.isoformat() if start.moment else None
    return {"given_on": start.day.isoformat(), "starts_at": moment}
