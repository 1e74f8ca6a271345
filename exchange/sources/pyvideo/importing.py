"""Importing a folder of events in the pyvideo layout, one event after the other.

Running it twice changes nothing. What was imported when it is interrupted stays, event by
event; a dry run does all of it in one transaction and takes it back.
"""

from collections.abc import Callable, Collection
from pathlib import Path

from django.db import transaction

from accounts.models import User
from exchange.library.duplicates import DuplicateWatch
from exchange.library.event import import_event
from exchange.library.locking import wait_for_other_imports
from exchange.models import ImportedRecord
from exchange.results import EventResult, ImportReport
from exchange.sources.pyvideo.folders import FoundEvents, find_events
from exchange.sources.pyvideo.reading import parse_event

# Called after each event with its result, its number from 1, and how many there are.
Listener = Callable[[EventResult, int, int], None]


def import_pyvideo(
    folder: Path,
    *,
    only: Collection[str] = (),
    is_dry_run: bool = False,
    by: User | None = None,
    listener: Listener = lambda result, number, total: None,
) -> ImportReport:
    """Import the event that the folder is, or those in it, and return what was done.

    Raises NoFolderError where there is nothing to look into.
    """
    found = find_events(folder, only)
    if not is_dry_run:
        return _import_all(found, ImportReport(issues=found.issues), by, listener)
    with transaction.atomic():
        # For the whole of it, not from the first event on: the numbers must be those of one moment.
        wait_for_other_imports()
        report = _import_all(
            found, ImportReport(is_dry_run=True, issues=found.issues), by, listener
        )
        transaction.set_rollback(True)
    return report


def _import_all(
    found: FoundEvents, report: ImportReport, by: User | None, listener: Listener
) -> ImportReport:
    watch = DuplicateWatch()
    for number, folder in enumerate(found.events, start=1):
        result = import_event(watch.with_issues(parse_event(folder)), by=by)
        report.events.append(result)
        listener(result, number, len(found.events))
    sources = [e.source_id for e in report.events if e.source_id and e.counts.talks]
    report.speakers = ImportedRecord.objects.of_sources(sources).count_speakers()
    return report
