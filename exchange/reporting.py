"""What an import says: a line per event, the issues, one line at the end, a report file."""

import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.issues import Issue, Severity
from exchange.results import Counts, EventResult, ImportReport

SHOWN_IN_FULL = 3


class UnwritableReportError(Exception):
    """The report file cannot be written. Its text is for people."""


class ReportFile:
    """A report beside its final name until it is whole. Made before the work that it reports."""

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
        """Write the report and give it its name; raise UnwritableReportError where that fails."""
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
        """Leave nothing behind."""
        self._partial.unlink(missing_ok=True)

    def _unwritable(self, error: OSError) -> UnwritableReportError:
        reason = error.strerror or str(error)
        return UnwritableReportError(
            _("The report cannot be written to %(path)s: %(reason)s")
            % {"path": self.path, "reason": reason}
        )


def event_line(result: EventResult) -> str:
    """Return what became of one event."""
    return f"{result.folder}: {_talks_text(result.counts)}"


def summary_line(report: ImportReport) -> str:
    """Return what became of everything: 'N conferences, N talks, N speakers: … new, …'."""
    counts = report.counts
    conferences = ngettext("%d conference", "%d conferences", report.conferences)
    talks = ngettext("%d talk", "%d talks", counts.talks)
    speakers = ngettext("%d speaker", "%d speakers", report.speakers)
    read = ", ".join(
        (conferences % report.conferences, talks % counts.talks, speakers % report.speakers)
    )
    return f"{read}: {_talks_text(counts)}"


def issue_lines(issues: Iterable[Issue]) -> list[str]:
    """Return errors and warnings as lines; of like ones three in full, the others by place."""
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
