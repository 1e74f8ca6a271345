"""Importing one event: all of it in one transaction, and nothing written where nothing is new.

Imports wait for each other, so that two at once cannot make the same talk, speaker or tag
twice. Without a readable description of the event, nothing of a known one changes.
A talk that the source no longer has is marked, never deleted. An address is given once and does
not change when a title does.
"""

import logging
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db import DataError, IntegrityError, OperationalError, transaction
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from conferences.models import Conference
from exchange.enums import RecordKind
from exchange.library import findings
from exchange.library.conference import (
    change_conference,
    conference_slug,
    make_conference,
    without_worse_guesses,
)
from exchange.library.doubts import doubtful_days, doubtful_times
from exchange.library.known_events import KnownEvent, Work, forget_deleted_talks, known_event
from exchange.library.locking import ReadAgain, locked, locked_row, wait_for_other_imports
from exchange.library.ownership import Fields
from exchange.library.people import People
from exchange.library.records import ParsedEvent, ParsedTalk
from exchange.library.save_import import RecordKeeping
from exchange.library.talks import TalkImport
from exchange.models import ImportedRecord, ImportSource
from exchange.report import EventResult, Finding, Issue, shown
from foundation.models.one_owner import taken_slugs
from foundation.text.slugs import RESERVED_TALK_SLUGS, unique_slug
from recaps.models import Recap
from recaps.rendering import render_again
from talks.models import Recording, Tag, TaggedTalk, Talk, TalkLink, TalkSpeaker

TRIES = 3
# PostgreSQL's codes for a deadlock and for a lock that was not to be had in time.
_CLASHES = {"40P01", "55P03"}
_logger = logging.getLogger(__name__)


def import_event(parsed: ParsedEvent, *, by: User | None = None) -> EventResult:
    """Bring the library up to an event's files, and say what was done.

    The number of queries does not depend on the number of talks. An event that says what it
    said last time takes four, none of which writes. Where a person saves the same rows at the
    same moment, the database may refuse, and what was read may be gone: that is tried again, and
    reported in the end.
    """
    for attempt in range(1, TRIES + 1):
        try:
            return _import_event(parsed, by)
        except ReadAgain:
            reason = _("People kept on deleting what the event is about.")
        except (IntegrityError, DataError, OperationalError) as error:
            if isinstance(error, OperationalError) and not _is_a_clash(error):
                raise
            reason = shown(str(error))
            _logger.warning("Import of %s, try %s: %s", shown(parsed.name), attempt, reason)
    return _refused(parsed, reason)


@transaction.atomic
def _import_event(parsed: ParsedEvent, by: User | None) -> EventResult:
    wait_for_other_imports()
    known = known_event(parsed.source_kind, parsed.name)
    result = EventResult(
        parsed.name,
        parsed.folder,
        talks_read=len(parsed.talks),
        issues=list(parsed.issues),
        source_id=known.source.pk if known.source else None,
        conference_id=known.conference_id,
        is_yet_empty=parsed.is_yet_empty,
    )
    result.counts.skipped = len(parsed.skipped)
    if not parsed.talks and not parsed.is_yet_empty:
        result.issues.append(Issue(findings.NO_TALKS, parsed.folder))
        return result
    if parsed.may_share_name and known.looks_like_another(parsed):
        result.counts.skipped += len(parsed.talks)
        result.issues.append(Issue(findings.ANOTHER_EVENT, parsed.folder, value=parsed.name))
        return result
    if not known.exists:
        forget_deleted_talks(known)
    work = known.compared_to(parsed)
    if known.exists and not parsed.is_described:
        return _left_alone(parsed, work, result)
    return _brought_up(parsed, known, work, result, by)


def _brought_up(
    parsed: ParsedEvent, known: KnownEvent, work: Work, result: EventResult, by: User | None
) -> EventResult:
    result.counts.new = len(work.new)
    result.counts.unchanged = len(work.same)
    result.counts.skipped += len(work.deleted_here)
    result.issues += [_issue(findings.DELETED_HERE, talk) for talk in work.deleted_here]
    if work.is_needed:
        write_event(parsed, known, work, result, by)
    return result


def _left_alone(parsed: ParsedEvent, work: Work, result: EventResult) -> EventResult:
    not_taken = [*work.new, *work.changed, *work.deleted_here]
    result.counts.unchanged = len(work.same)
    result.counts.skipped += len(not_taken)
    result.issues.append(Issue(findings.KNOWN_BUT_UNDESCRIBED, parsed.folder))
    result.issues += [_issue(findings.NOT_TAKEN, talk) for talk in not_taken]
    return result


def _refused(parsed: ParsedEvent, reason: str) -> EventResult:
    result = EventResult(
        parsed.name,
        parsed.folder,
        talks_read=len(parsed.talks),
        issues=list(parsed.issues),
    )
    result.counts.skipped = len(parsed.skipped) + len(parsed.talks)
    result.issues.append(Issue(findings.REFUSED, parsed.folder, value=reason))
    return result


def _issue(finding: Finding, talk: ParsedTalk) -> Issue:
    return Issue(finding, talk.file, talk.location, record=shown(talk.fields["title"], 80))


def _is_a_clash(error: OperationalError) -> bool:
    """Tell whether two transactions were in each other's way, rather than the server gone."""
    return getattr(error.__cause__, "pgcode", "") in _CLASHES


# By a talk's external id: the record of an earlier import, with what that wrote.
Records = dict[str, ImportedRecord]
_TALK_FALLBACK = "talk"


def write_event(
    parsed: ParsedEvent, known: KnownEvent, work: Work, result: EventResult, by: User | None
) -> None:
    """Write the difference between an event's files and earlier imports; complete the result."""
    source = known.source or ImportSource.objects.create(
        kind=parsed.source_kind, locator=parsed.name
    )
    keeping = RecordKeeping(source)
    conference = _write_conference(parsed, known, keeping, result)
    result.source_id, result.conference_id = source.pk, conference.pk
    records = _records_of(known, [*work.changed, *work.back])
    talks = _talk_import(conference, work, records)
    added = _add_talks(work.new, conference, talks)
    changed = _change_talks(work.changed, records, talks, keeping, result)
    unclear = talks.write()
    if talks.rerecorded:
        render_again(Recap.objects.of_talks([talk.pk for talk in talks.rerecorded]))
    for talk, parsed_talk in added:
        keeping.made(
            parsed_talk.external_id,
            parsed_talk.digest,
            parsed_talk.fields,
            kind=RecordKind.TALK,
            talk=talk,
        )
    result.issues += [Issue(findings.NAMESAKES, parsed.folder, value=shown(n)) for n in unclear]
    result.issues += doubtful_days(parsed, conference)
    result.issues += doubtful_times([*added, *changed], conference)
    _note_gone_and_back(parsed, known, work, records, keeping, result)
    keeping.write(result, by=by, files_hash=parsed.files_hash)


def _write_conference(
    parsed: ParsedEvent, known: KnownEvent, keeping: RecordKeeping, result: EventResult
) -> Conference:
    if not known.exists:
        return _new_conference(parsed, keeping, result)
    conference = _known_conference(known)
    record = known.conference_record
    if record is None:
        # The conference was deleted after its talks had moved to this one, which is a person's.
        keeping.made(
            parsed.name,
            parsed.digest,
            parsed.fields,
            kind=RecordKind.CONFERENCE,
            conference=conference,
        )
    elif record.digest != parsed.digest:
        record = locked_row(ImportedRecord.objects.filter(pk=record.pk))
        new = without_worse_guesses(conference, parsed.fields)
        change = change_conference(conference, base=record.written, new=new)
        keeping.followed(record, parsed.digest, new, change)
        result.issues += _kept_issues(parsed.described_in, conference.title, change.kept)
    return conference


def _new_conference(parsed: ParsedEvent, keeping: RecordKeeping, result: EventResult) -> Conference:
    if "title" not in parsed.fields:
        result.issues.append(Issue(findings.TITLE_FROM_FOLDER, parsed.folder))
    fields = {"title": parsed.name, **parsed.fields}
    conference = make_conference(parsed.name, fields)
    result.conference_is_new = True
    if conference.slug != conference_slug(parsed.name):
        result.issues.append(Issue(findings.ADDRESS_TAKEN, parsed.folder, value=conference.slug))
    keeping.made(
        parsed.name,
        parsed.digest,
        fields,
        kind=RecordKind.CONFERENCE,
        conference=conference,
    )
    return conference


def _known_conference(known: KnownEvent) -> Conference:
    """Load the event's conference, or where that was deleted, the one its talks moved to."""
    if known.conference_record:
        return locked_row(Conference.objects.filter(imported_records=known.conference_record))
    talks = [record.talk_id for record in known.talk_records.values() if record.talk_id]
    return locked_row(Conference.objects.filter(talks=min(talks)))


def _records_of(known: KnownEvent, talks: Iterable[ParsedTalk]) -> Records:
    """Load and lock what earlier imports wrote of these talks. One query where there are any."""
    ids = {known.talk_records[talk.external_id].pk for talk in talks}
    found = list(locked(ImportedRecord.objects.filter(pk__in=ids))) if ids else []
    if len(found) < len(ids):
        raise ReadAgain
    return {record.external_id: record for record in found}


def _talk_import(conference: Conference, work: Work, records: Records) -> TalkImport:
    """Look up the people and tags that the records name, before and now."""
    written = [records[talk.external_id].written for talk in work.changed]
    now = [talk.fields for talk in work.changed]
    new = [talk.fields for talk in work.new]
    return TalkImport(
        conference,
        People(_values("speakers", [*written, *now, *new]), conference.pk),
        Tag.objects.find(_values("tags", [*written, *now])),
    )


def _values(name: str, all_fields: Iterable[Fields]) -> list[str]:
    return list(chain.from_iterable(fields.get(name, []) for fields in all_fields))


def _add_talks(
    new: list[ParsedTalk], conference: Conference, talks: TalkImport
) -> list[tuple[Talk, ParsedTalk]]:
    """Have new talks made, each at an address that no talk of the conference has or had."""
    if not new:
        return []
    taken = taken_slugs(Talk, Q(conference=conference))
    added = []
    for parsed in new:
        slug = unique_slug(
            parsed.fields["title"],
            taken=taken,
            fallback=_TALK_FALLBACK,
            reserved=RESERVED_TALK_SLUGS,
        )
        taken.add(slug)
        added.append((talks.add(parsed.fields, slug), parsed))
    return added


def _change_talks(
    changed: list[ParsedTalk],
    records: Records,
    talks: TalkImport,
    keeping: RecordKeeping,
    result: EventResult,
) -> list[tuple[Talk, ParsedTalk]]:
    """Have known talks follow their records. Locked, so that nobody's save is overwritten."""
    if not changed:
        return []
    known = _known_talks([records[parsed.external_id].talk_id for parsed in changed])
    followed = []
    for parsed in changed:
        record = records[parsed.external_id]
        talk = known[record.talk_id]
        change = talks.change(talk, base=record.written, new=parsed.fields)
        keeping.followed(record, parsed.digest, parsed.fields, change)
        result.counts.changed += change.is_written
        result.counts.unchanged += not change.is_written
        result.issues += _kept_issues(parsed.file, talk.title, change.kept)
        followed.append((talk, parsed))
    return followed


def _known_talks(ids: list[int | None]) -> dict[int | None, Talk]:
    """Load and lock talks, by their ids, with what belongs to them. Five queries."""
    parts: dict[str, QuerySet[Any]] = {
        "credits": TalkSpeaker.objects.select_related("speaker").order_by("position"),
        "tagged": TaggedTalk.objects.all(),
        "recordings": Recording.objects.all(),
        "links": TalkLink.objects.all(),
    }
    talks = locked(Talk.objects.filter(pk__in=[pk for pk in ids if pk])).order_by("pk")
    loaded = [Prefetch(name, queryset=locked(rows)) for name, rows in parts.items()]
    known: dict[int | None, Talk] = {talk.pk: talk for talk in talks.prefetch_related(*loaded)}
    if not known.keys() >= set(ids):
        raise ReadAgain
    return known


def _note_gone_and_back(
    parsed: ParsedEvent,
    known: KnownEvent,
    work: Work,
    records: Records,
    keeping: RecordKeeping,
    result: EventResult,
) -> None:
    for talk in work.back:
        keeping.back(records[talk.external_id])
        result.issues.append(_talk_issue(findings.BACK, talk))
    keeping.gone(work.gone)
    for record in work.gone:
        file = f"{parsed.folder}/{shown(record.external_id)}"
        result.issues.append(Issue(findings.GONE, file))
    result.counts.back, result.counts.gone = len(work.back), len(work.gone)
    if work.new:
        result.issues += _possible_renames(work.new, known.missing_in(parsed))


def _possible_renames(new: list[ParsedTalk], missing: list[ImportedRecord]) -> list[Issue]:
    """Return an issue for each new file with a video of a talk whose file is gone. One query."""
    ids = [record.pk for record in missing]
    rows = ImportedRecord.objects.filter(pk__in=ids).values_list("external_id", "written")
    old = {url: stem for stem, written in rows for url in _urls(written)} if ids else {}
    found = ((talk, next((old[u] for u in _urls(talk.fields) if u in old), "")) for talk in new)
    return [_talk_issue(findings.POSSIBLE_RENAME, talk, stem) for talk, stem in found if stem]


def _urls(fields: Fields) -> list[str]:
    return [recording["url"] for recording in fields.get("recordings", [])]


def _kept_issues(file: str, record: str, kept: Fields) -> list[Issue]:
    return [
        Issue(findings.KEPT, file, name, shown(record, 80), shown(value))
        for name, value in kept.items()
    ]


def _talk_issue(finding: Finding, talk: ParsedTalk, value: str = "") -> Issue:
    return Issue(finding, talk.file, record=shown(talk.fields["title"], 80), value=shown(value))
