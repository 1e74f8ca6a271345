"""Base class of import commands.

Exit status 0 if something could be read, 1 otherwise.
"""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, InterfaceError
from django.utils.translation import gettext as _

from exchange.library.importing import import_events
from exchange.report import (
    EventResult,
    ImportReport,
    ReportFile,
    UnwritableReportError,
    event_line,
    issue_lines,
    summary_line,
)
from exchange.sources.source import Source, UnreadableSourceError
from foundation.logs.progress import progress_bar


class ImportCommand(BaseCommand):
    """A command that imports what `source` finds at a path."""

    source: Source[Any]
    metavar = "FOLDER"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", metavar=self.metavar, type=Path)
        parser.add_argument(
            "--only",
            metavar="NAME",
            nargs="+",
            action="extend",
            default=[],
            help="only these events",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, and write nothing"
        )
        parser.add_argument(
            "--report", metavar="FILE", type=Path, help="write everything that was found, as JSON"
        )

    def handle(self, *args: Any, path: Path, only: list[str], **options: Any) -> None:
        try:
            file = ReportFile(options["report"]) if options["report"] else None
            try:
                report = self._imported(path, only, is_dry_run=options["dry_run"])
                if file:
                    file.write(report.as_json())
            finally:
                if file:
                    file.discard()
        except (UnreadableSourceError, UnwritableReportError) as error:
            raise CommandError(str(error)) from error
        except (DatabaseError, InterfaceError) as error:
            raise CommandError(
                _("The database failed; events that were imported before stay. %(reason)s")
                % {"reason": str(error).strip()}
            ) from error
        self._sum_up(report)

    def _imported(self, path: Path, only: list[str], *, is_dry_run: bool) -> ImportReport:
        if not sys.stderr.isatty():
            return import_events(
                self.source, path, only=only, is_dry_run=is_dry_run, listener=self._say
            )
        with progress_bar(sys.stderr) as show:
            report = import_events(
                self.source,
                path,
                only=only,
                is_dry_run=is_dry_run,
                listener=lambda result, number, total: show(number, total, result.folder),
            )
        self._say_lines(issue_lines(report.all_issues))
        return report

    def _say(self, result: EventResult, number: int, total: int) -> None:
        self._say_lines([event_line(result), *issue_lines(result.issues)])

    def _say_lines(self, lines: list[str]) -> None:
        for line in lines:
            self.stdout.write(line)

    def _sum_up(self, report: ImportReport) -> None:
        if not sys.stderr.isatty():
            self._say_lines(issue_lines(report.issues))
        if report.is_dry_run:
            self.stdout.write(_("This was a dry run: nothing was written."))
        self.stdout.write(summary_line(report))
        if not report.talks_read and not any(event.is_yet_empty for event in report.events):
            raise CommandError(_("No talk could be read."))
