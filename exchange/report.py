"""The report of an import: findings in its files, what it did, as lines and as a file.

A finding is a kind of issue, with its severity, a stable code and one sentence; an issue is a
finding at one place. Text out of a file is untrusted: `shown` makes it safe for a terminal, a log
and a database before it becomes part of an issue.
"""

import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

VALUE_LENGTH = 200
RECORD_LENGTH = 80


class Severity(StrEnum):
    """Error: a record was not imported. Warning: imported with a loss, guess or doubt. Note:
    nothing is wrong.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """A kind of issue. The message says what was found and what was done."""

    severity: Severity
    code: str
    message: str | Promise


def error(code: str, message: str | Promise) -> Finding:
    """Return a finding: a record was not imported."""
    return Finding(Severity.ERROR, code, message)


def warning(code: str, message: str | Promise) -> Finding:
    """Return a finding: a record came in with a loss, a guess or a doubt."""
    return Finding(Severity.WARNING, code, message)


def note(code: str, message: str | Promise) -> Finding:
    """Return a finding: nothing is wrong."""
    return Finding(Severity.NOTE, code, message)


@dataclass(frozen=True)
class Issue:
    """A finding at one place: `location` is a JSON pointer, `line:column` or a field's name."""

    finding: Finding
    file: str
    location: str = ""
    record: str = ""
    value: str = ""

    @property
    def severity(self) -> Severity:
        """The severity of its finding."""
        return self.finding.severity

    def as_json(self) -> dict[str, str]:
        """Return what report files and import runs store."""
        return {
            "severity": str(self.severity),
            "code": self.finding.code,
            "file": self.file,
            "location": self.location,
            "record": self.record,
            "message": str(self.finding.message),
            "value": self.value,
        }

    @property
    def place(self) -> str:
        """The file, and the location in it."""
        return f"{self.file} ({self.location})" if self.location else self.file

    def as_line(self) -> str:
        """Return it as one line for a terminal."""
        value = f" [{self.value}]" if self.value else ""
        return f"{self.severity}: {self.place}: {self.finding.message}{value}"


@dataclass
class IssueLog:
    """The issues of one file, in the order they were found."""

    file: str
    record: str = ""
    issues: list[Issue] = field(default_factory=list)

    def add(self, finding: Finding, value: Any = "", location: str = "") -> None:
        """Add a finding; `value` is the raw value in the file."""
        issue = Issue(finding, self.file, shown(location), self.record, shown(value))
        self.issues.append(issue)

    def name_record(self, title: str) -> None:
        """Set the record that the following issues are about."""
        self.record = shown(title, RECORD_LENGTH)


def shown(value: Any, length: int = VALUE_LENGTH) -> str:
    """Return a value out of a file as one safe line of at most so many characters.

    Control, bidirectional, invisible and unpaired characters appear as escapes.
    """
    text = value if isinstance(value, str) else _as_json_text(value)
    if len(text) <= length and text.isprintable():
        return text
    escaped = "".join(c if c.isprintable() else _escape(c) for c in text[:length])
    return (
        escaped if len(text) <= length and len(escaped) <= length else f"{escaped[: length - 1]}…"
    )


def count_by_severity(issues: Iterable[Issue]) -> dict[str, int]:
    """Return how many issues there are of each severity, all three named."""
    counts = {str(severity): 0 for severity in Severity}
    for issue in issues:
        counts[issue.severity] += 1
    return counts


def _as_json_text(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        return repr(type(value))


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


@dataclass
class Counts:
    """Numbers of an event's talks: read ones are new, changed or unchanged; skipped ones were not
    imported.

    A talk is changed when it or any of its tags, credits, recordings or links was written.
    `gone` and `back` tell which talks the source lost and has again.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    gone: int = 0
    back: int = 0

    @property
    def talks(self) -> int:
        """The number of talks that were read and are in the library."""
        return self.new + self.changed + self.unchanged

    def as_json(self) -> dict[str, int]:
        """Return them by name."""
        return asdict(self)

    def __add__(self, other: "Counts") -> "Counts":
        ours, theirs = asdict(self), asdict(other)
        return Counts(**{name: ours[name] + theirs[name] for name in ours})


@dataclass
class EventResult:
    """The result of one event. `conference_id` is None if the library does not have it.

    `talks_read` counts the files that could be read, whether or not their talks were taken;
    `is_yet_empty` tells of a programme that was read and has no talks so far.
    """

    name: str
    folder: str
    talks_read: int = 0
    counts: Counts = field(default_factory=Counts)
    issues: list[Issue] = field(default_factory=list)
    source_id: int | None = None
    conference_id: int | None = None
    conference_is_new: bool = False
    is_yet_empty: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the event's part of a report file."""
        return {
            "event": self.name,
            "folder": self.folder,
            "in_library": self.conference_id is not None,
            "conference_is_new": self.conference_is_new,
            "talks": self.counts.as_json(),
            "issues": [issue.as_json() for issue in self.issues],
        }


@dataclass
class ImportReport:
    """The result of a whole import: its events in order, and the issues outside of events."""

    is_dry_run: bool = False
    events: list[EventResult] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    speakers: int = 0

    @property
    def counts(self) -> Counts:
        """The numbers of talks of all events."""
        return sum((event.counts for event in self.events), Counts())

    @property
    def conferences(self) -> int:
        """The number of events in the library with at least one of the talks that were read."""
        return sum(1 for event in self.events if event.counts.talks)

    @property
    def talks_read(self) -> int:
        """The number of talks that could be read, imported or not."""
        return sum(event.talks_read for event in self.events)

    @property
    def all_issues(self) -> list[Issue]:
        """The issues of the folder, then of each event."""
        return [*self.issues, *(issue for event in self.events for issue in event.issues)]

    def as_json(self) -> dict[str, Any]:
        """Return the report file's content; without times and paths, so that equal runs agree."""
        return {
            "dry_run": self.is_dry_run,
            "conferences": self.conferences,
            "speakers": self.speakers,
            "talks": self.counts.as_json(),
            "issue_counts": count_by_severity(self.all_issues),
            "issues": [issue.as_json() for issue in self.issues],
            "events": [event.as_json() for event in self.events],
        }


SHOWN_IN_FULL = 3


class UnwritableReportError(Exception):
    """The report file cannot be written. The message is for people."""


class ReportFile:
    """A report file, written atomically: under a temporary name until it is complete. Opened before
    the import starts.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            if path.is_dir():
                raise IsADirectoryError(21, os.strerror(21))
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        except OSError as error:
            raise self._unwritable(error) from error
        os.close(handle)
        self._partial = Path(name)

    def write(self, content: dict[str, Any]) -> None:
        """Write the report and rename it; raise UnwritableReportError if that fails."""
        text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        try:
            with self._partial.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            self._partial.chmod(0o644)
            self._partial.replace(self.path)
        except OSError as error:
            self.discard()
            raise self._unwritable(error) from error

    def discard(self) -> None:
        """Delete the temporary file."""
        self._partial.unlink(missing_ok=True)

    def _unwritable(self, error: OSError) -> UnwritableReportError:
        reason = error.strerror or str(error)
        return UnwritableReportError(
            _("The report cannot be written to %(path)s: %(reason)s")
            % {"path": self.path, "reason": reason}
        )


def event_line(result: EventResult) -> str:
    """Return the result of one event as a line."""
    return f"{result.folder}: {_talks_text(result.counts)}"


def summary_line(report: ImportReport) -> str:
    """Return the totals: 'N conferences, N talks, N speakers: … new, …'."""
    counts = report.counts
    conferences = ngettext("%d conference", "%d conferences", report.conferences)
    talks = ngettext("%d talk", "%d talks", counts.talks)
    speakers = ngettext("%d speaker", "%d speakers", report.speakers)
    read = ", ".join(
        (conferences % report.conferences, talks % counts.talks, speakers % report.speakers)
    )
    return f"{read}: {_talks_text(counts)}"


def issue_lines(issues: Iterable[Issue]) -> list[str]:
    """Return errors and warnings as lines; of similar ones three in full, the others by place."""
    groups: dict[str, list[Issue]] = {}
    for issue in issues:
        if issue.severity is not Severity.NOTE:
            groups.setdefault(issue.finding.code, []).append(issue)
    return [line for group in groups.values() for line in _group_lines(group)]


def _group_lines(group: list[Issue]) -> list[str]:
    lines = [f"  {issue.as_line()}" for issue in group[:SHOWN_IN_FULL]]
    if others := group[SHOWN_IN_FULL:]:
        places = ", ".join(issue.place for issue in others)
        lines.append(
            _("    … %(count)d more like this: %(places)s")
            % {"count": len(others), "places": places}
        )
    return lines


def _talks_text(counts: Counts) -> str:
    numbers = {
        _("new"): counts.new,
        _("changed"): counts.changed,
        _("unchanged"): counts.unchanged,
        _("skipped"): counts.skipped,
    }
    return ", ".join(f"{number} {word}" for word, number in numbers.items())
