"""What earlier imports left of an event: its source and its records."""

from dataclasses import dataclass, field

from exchange.enums import RecordKind
from exchange.library.records import ParsedEvent, ParsedTalk
from exchange.models import ImportedRecord, ImportSource

# Of fewer talks all may well have been exchanged.
SEVERAL = 3


@dataclass(frozen=True)
class Work:
    """How an event's files differ from what was imported before."""

    new: list[ParsedTalk]
    changed: list[ParsedTalk]
    same: list[ParsedTalk]
    deleted_here: list[ParsedTalk]
    back: list[ParsedTalk]
    gone: list[ImportedRecord]
    conference_differs: bool

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.new or self.changed or self.back or self.gone or self.conference_differs)


@dataclass
class KnownEvent:
    """The source of an event and its records, without what they hold of the talks' fields."""

    source: ImportSource | None = None
    conference_record: ImportedRecord | None = None
    talk_records: dict[str, ImportedRecord] = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        """Whether the library has the event: its conference, or a talk moved to another one."""
        return self.conference_record is not None or any(
            record.talk_id for record in self.talk_records.values()
        )

    @property
    def conference_id(self) -> int | None:
        """The conference that the event became, None where that was deleted."""
        return self.conference_record.conference_id if self.conference_record else None

    def compared_to(self, parsed: ParsedEvent) -> Work:
        """Return what is to be done about the event. No query."""
        records = self.talk_records
        known = [talk for talk in parsed.talks if talk.external_id in records]
        here = [talk for talk in known if records[talk.external_id].talk_id]
        conference = self.conference_record
        return Work(
            new=[talk for talk in parsed.talks if talk.external_id not in records],
            changed=[t for t in here if records[t.external_id].digest != t.digest],
            same=[t for t in here if records[t.external_id].digest == t.digest],
            deleted_here=[t for t in known if not records[t.external_id].talk_id],
            back=[t for t in here if records[t.external_id].gone_at],
            gone=[record for record in self.missing_in(parsed) if not record.gone_at],
            conference_differs=conference is None or conference.digest != parsed.digest,
        )

    def looks_like_another(self, parsed: ParsedEvent) -> bool:
        """Tell whether an event has talks, and none of several that are known by its name."""
        here = [r for r in self.talk_records.values() if r.talk_id and not r.gone_at]
        told = {talk.external_id for talk in parsed.talks} | set(parsed.skipped)
        return bool(parsed.talks) and len(here) >= SEVERAL and not told & self.talk_records.keys()

    def missing_in(self, parsed: ParsedEvent) -> list[ImportedRecord]:
        """Return the records whose talks are here but not in the source, since now or before."""
        present = {talk.external_id for talk in parsed.talks} | set(parsed.skipped)
        return [
            record
            for external_id, record in self.talk_records.items()
            if external_id not in present and record.talk_id
        ]


def known_event(source_kind: str, name: str) -> KnownEvent:
    """Return what is known of an event of such a source. Two queries, one where it is unknown."""
    source = ImportSource.objects.filter(kind=source_kind, locator=name).first()
    known = KnownEvent(source)
    if source is None:
        return known
    for record in source.records.defer("written", "kept").order_by("pk"):
        if record.kind == RecordKind.CONFERENCE:
            known.conference_record = record
        else:
            known.talk_records[record.external_id] = record
    return known


def forget_deleted_talks(known: KnownEvent) -> None:
    """Forget which talks a person deleted, where the whole conference was deleted too.

    Whoever imports such an event again asks for all of it.
    """
    deleted = [record for record in known.talk_records.values() if record.talk_id is None]
    if deleted:
        ImportedRecord.objects.filter(pk__in=[record.pk for record in deleted]).delete()
        for record in deleted:
            del known.talk_records[record.external_id]
