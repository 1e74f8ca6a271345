"""The pyvideo source: reads an event's files into frozen records and issues.

`<event>/category.json` describes the conference, `<event>/videos/<stem>.json` one talk each. Does
not use the database, and no file makes it raise.
"""

import hashlib
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchange.files.json_files import UnreadableFileError, parse_object, read_bytes
from exchange.library.records import ParsedEvent, ParsedTalk
from exchange.report import Issue, IssueLog, shown
from exchange.sources.pyvideo import fields, findings
from exchange.sources.pyvideo.conference import conference_fields
from exchange.sources.pyvideo.fields import Found, Record
from exchange.sources.pyvideo.folders import CATEGORY_FILE, EventFolder, find_events, video_files
from exchange.sources.pyvideo.lists import conference_links, links, recordings, speakers, tags
from exchange.sources.source import FoundEvents
from foundation.text.names import clean_line

EXTERNAL_ID_MAX_LENGTH = 500


class PyvideoSource:
    """The source of events in the pyvideo layout."""

    kind = "pyvideo"
    label: str | Promise = _("pyvideo folder")

    def find(self, path: Path, only: Collection[str] = ()) -> FoundEvents[EventFolder]:
        """Return the event that the folder is, or the events in it."""
        return find_events(path, only)

    def read(self, place: EventFolder) -> ParsedEvent:
        """Parse all files of an event."""
        return parse_event(place)


SOURCE = PyvideoSource()


@dataclass
class _Reading:
    """The state while an event's files are read, one after the other."""

    folder: EventFolder
    hash: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    issues: list[Issue] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    skipped: list[str] = field(default_factory=list)

    def object_in(self, path: Path, log: IssueLog) -> Record | None:
        """Return the file's JSON object; None, with the reason logged, if it has none."""
        try:
            content = read_bytes(path)
            self.hash.update(path.name.encode("utf-8", "replace") + b"\0" + content + b"\0")
            return parse_object(content)
        except UnreadableFileError as problem:
            log.add(problem.finding, problem.value, problem.location)
            return None


@dataclass(frozen=True)
class _TalkFile:
    external_id: str
    record: Record
    log: IssueLog


def parse_event(folder: EventFolder) -> ParsedEvent:
    """Parse all files of an event; return its records and issues."""
    reading = _Reading(folder)
    category = _category(reading)
    files = list(_talk_files(reading))
    durations_count = _durations_are_seconds(files, reading)
    talks = [talk for file in files if (talk := _talk(file, reading, durations_count))]
    log = IssueLog(shown(folder.path.name + (f"/{CATEGORY_FILE}" if category is not None else "")))
    described = conference_fields(
        category or {},
        days=[day for talk in talks if (day := talk.fields.get("given_on"))],
        links=[link for file in files for link in conference_links(file.record)],
        offsets={offset for file in files if (offset := fields.offset_in(file.record))},
        log=log,
    )
    return ParsedEvent(
        source_kind=PyvideoSource.kind,
        name=folder.name,
        folder=shown(folder.path.name),
        described_in=f"{shown(folder.path.name)}/{CATEGORY_FILE}",
        is_described=category is not None,
        fields=described,
        talks=tuple(talks),
        skipped=tuple(reading.skipped),
        issues=tuple(reading.issues + log.issues),
        files_hash=reading.hash.hexdigest(),
    )


def talk_fields(record: Record, log: IssueLog, *, durations_count: bool = True) -> Found:
    """Parse one record of a talk; a result without `title` cannot be imported.

    `durations_count` is False if the event's durations are in another unit.
    """
    fields.note_misspelt_keys(record, log)
    return {
        **fields.title(record, log),
        **speakers(record, log),
        **fields.recorded(record, log),
        **(fields.duration(record, log) if durations_count else {}),
        **fields.language(record, log),
        **fields.abstract(record, log),
        **fields.licence(record, log),
        **tags(record, log),
        **recordings(record, log),
        **links(record, log),
    }


def _category(reading: _Reading) -> Record | None:
    path = reading.folder.path / CATEGORY_FILE
    log = IssueLog(shown(f"{reading.folder.path.name}/{CATEGORY_FILE}"))
    if os.path.lexists(path):
        category = reading.object_in(path, log)
    else:
        category = None
        log.add(findings.NO_CATEGORY)
    reading.issues += log.issues
    return category


def _talk_files(reading: _Reading) -> Iterator[_TalkFile]:
    """Yield the readable files; unreadable and duplicate ones are reported and skipped."""
    paths, issues = video_files(reading.folder)
    reading.issues += issues
    for path in paths:
        log = IssueLog(shown(f"{reading.folder.path.name}/{path.parent.name}/{path.name}"))
        stem = clean_line(path.stem)[:EXTERNAL_ID_MAX_LENGTH]
        record = None
        if not stem or stem in reading.seen:
            log.add(findings.SAME_NAME if stem else findings.UNUSABLE_NAME)
            stem = stem or shown(path.name)
        else:
            record = reading.object_in(path, log)
        reading.seen.add(stem)
        if record is None:
            reading.skipped.append(stem)
            reading.issues += log.issues
        else:
            yield _TalkFile(stem, record, log)


def _durations_are_seconds(files: list[_TalkFile], reading: _Reading) -> bool:
    median = fields.median_that_is_not_seconds(fields.seconds_under(f.record) for f in files)
    log = IssueLog(shown(reading.folder.path.name))
    if median is not None:
        log.add(findings.NOT_SECONDS, median, "/duration")
    naive = sum(1 for file in files if fields.has_naive_time(file.record))
    if naive:
        log.add(findings.NAIVE_TIMES, naive, "/recorded")
    reading.issues += log.issues
    return median is None


def _talk(file: _TalkFile, reading: _Reading, durations_count: bool) -> ParsedTalk | None:
    raw_title = file.record.get("title")
    file.log.name_record(clean_line(raw_title) if isinstance(raw_title, str) else file.external_id)
    found = talk_fields(file.record, file.log, durations_count=durations_count)
    if "title" not in found:
        # What else is wrong with it no longer matters.
        file.log.issues.clear()
        file.log.add(findings.NO_TITLE, raw_title, "/title")
        reading.skipped.append(file.external_id)
    reading.issues += file.log.issues
    return ParsedTalk(file.external_id, file.log.file, found) if "title" in found else None
