"""Stores what an import wrote, so that the next one can tell what people edited since."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from accounts.models import User
from exchange.library.batch import write_changes
from exchange.library.ownership import Change, Fields
from exchange.models import ImportedRecord, ImportRun, ImportSource
from exchange.report import EventResult
from foundation.logs.lines import log_when_done

_FIELDS_OF_A_CHANGE = ["digest", "written", "kept", "gone_at", "changed_by"]


@dataclass
class RecordKeeping:
    """Collects the changes of an event's imported records until `write`."""

    source: ImportSource
    _new: list[ImportedRecord] = field(default_factory=list)
    _changed: dict[int, ImportedRecord] = field(default_factory=dict)
    _by_this_run: list[ImportedRecord] = field(default_factory=list)

    def made(self, external_id: str, digest: str, fields: Fields, **what: Any) -> None:
        """Record what a record became: `kind`, and the new `talk` or `conference`."""
        record = ImportedRecord(
            source=self.source, external_id=external_id, digest=digest, written=fields, **what
        )
        self._new.append(record)
        self._by_this_run.append(record)

    def followed(self, record: ImportedRecord, digest: str, fields: Fields, change: Change) -> None:
        """Record that a row was updated from its record, and which values it did not take."""
        still_kept = {name: value for name, value in record.kept.items() if name not in fields}
        record.digest = digest
        record.written = {**record.written, **fields}
        record.kept = {**still_kept, **change.kept}
        self._changed[record.pk] = record
        if change.is_written:
            self._by_this_run.append(record)

    def back(self, record: ImportedRecord) -> None:
        """Record that the source has the record again."""
        record.gone_at = None
        self._changed[record.pk] = record

    def gone(self, records: Iterable[ImportedRecord]) -> None:
        """Record that the source no longer has these. One query if there are any."""
        ids = [record.pk for record in records]
        if ids:
            ImportedRecord.objects.filter(pk__in=ids).update(gone_at=timezone.now())

    def write(self, result: EventResult, *, by: User | None, files_hash: str) -> None:
        """Write all of it, with an import run: when, by whom and with what result."""
        run = ImportRun.objects.create(
            source=self.source,
            by=by,
            finished_at=timezone.now(),
            file_hash=files_hash,
            counts=result.counts.as_json(),
            report=[issue.as_json() for issue in result.issues],
        )
        log_when_done("import", by=by, what=f"run {run.pk} of {self.source}")
        for record in self._by_this_run:
            record.changed_by = run
        ImportedRecord.objects.bulk_create(self._new)
        if self._changed:
            write_changes(ImportedRecord, self._changed.values(), _FIELDS_OF_A_CHANGE)
