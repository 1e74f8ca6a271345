"""Imports all events of a source, one after the other.

Idempotent. If it is interrupted, the imported events stay; a dry run does everything in one
transaction and rolls it back.
"""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TypeVar

from django.db import transaction

from accounts.models import User
from exchange.library.doubts import DuplicateWatch
from exchange.library.event import import_event
from exchange.library.locking import wait_for_other_imports
from exchange.models import ImportedRecord
from exchange.report import EventResult, ImportReport
from exchange.sources.source import FoundEvents, Source

Place = TypeVar("Place")
# Called after each event with its result, its number from 1, and how many there are.
Listener = Callable[[EventResult, int, int], None]


def import_events(
    source: Source[Place],
    path: Path,
    *,
    only: Collection[str] = (),
    is_dry_run: bool = False,
    by: User | None = None,
    listener: Listener = lambda result, number, total: None,
) -> ImportReport:
    """Import the events that a source finds at a path, and return the report.

    Raises UnreadableSourceError where there is nothing to look into.
    """
    found = source.find(path, only)
    report = ImportReport(is_dry_run=is_dry_run, issues=found.issues)
    if not is_dry_run:
        return _import_all(source, found, report, by, listener)
    with transaction.atomic():
        # For the whole of it, not from the first event on: the numbers must be those of one moment.
        wait_for_other_imports()
        _import_all(source, found, report, by, listener)
        transaction.set_rollback(True)
    return report


def _import_all(
    source: Source[Place],
    found: FoundEvents[Place],
    report: ImportReport,
    by: User | None,
    listener: Listener,
) -> ImportReport:
    watch = DuplicateWatch()
    for number, place in enumerate(found.events, start=1):
        result = import_event(watch.with_issues(source.read(place)), by=by)
        report.events.append(result)
        listener(result, number, len(found.events))
    sources = [e.source_id for e in report.events if e.source_id and e.counts.talks]
    report.speakers = ImportedRecord.objects.of_sources(sources).count_speakers()
    return report
