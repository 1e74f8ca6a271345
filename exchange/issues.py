"""What an importer has to say about its files: which record, where in it, what was done.

A finding is a kind of issue, with its severity, a stable code and one sentence; an issue is a
finding at one place. Text out of a file is hostile: `shown` makes it fit for a terminal, a log
and a database before it becomes part of an issue.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

VALUE_LENGTH = 200
RECORD_LENGTH = 80


class Severity(StrEnum):
    """Error: a record was not imported. Warning: with a loss, guess or doubt. Note: all well."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """A kind of issue. The message says what was found and what was done."""

    severity: Severity
    code: str
    message: str | Promise


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
        """How grave it is."""
        return self.finding.severity

    def as_json(self) -> dict[str, str]:
        """Return what a report file and an import run keep of it."""
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
        """The file, and where in it."""
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
        """Note a finding; `value` is what stood in the file, raw."""
        issue = Issue(finding, self.file, shown(location), self.record, shown(value))
        self.issues.append(issue)

    def name_record(self, title: str) -> None:
        """Say which record the issues to come are about."""
        self.record = shown(title, RECORD_LENGTH)


def shown(value: Any, length: int = VALUE_LENGTH) -> str:
    """Return a value out of a file as one harmless line of at most so many characters.

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
