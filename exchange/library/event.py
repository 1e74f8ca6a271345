"""Importing one event: all of it in one transaction, and nothing written where nothing is new.

Imports wait for each other, so that two at once cannot make the same talk, speaker or tag
twice. Without a readable description of the event, nothing of a known one changes.
"""

import logging

from django.db import DataError, IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from exchange.issues import Finding, Issue, shown
from exchange.library.event_writing import write_event
from exchange.library.known_events import KnownEvent, Work, forget_deleted_talks, known_event
from exchange.library.locking import ReadAgain, wait_for_other_imports
from exchange.library.records import ParsedEvent, ParsedTalk
from exchange.results import EventResult
from exchange.sources.pyvideo import findings

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
    known = known_event(parsed.name)
    result = EventResult(
        parsed.name,
        parsed.folder,
        talks_read=len(parsed.talks),
        issues=list(parsed.issues),
        source_id=known.source.pk if known.source else None,
        conference_id=known.conference_id,
    )
    result.counts.skipped = len(parsed.skipped)
    if not parsed.talks:
        result.issues.append(Issue(findings.NO_TALKS, parsed.folder))
        return result
    if not known.exists:
        forget_deleted_talks(known)
    work = known.compared_to(parsed)
    if known.exists and not parsed.has_category:
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
    return Issue(finding, talk.file, record=shown(talk.fields["title"], 80))


def _is_a_clash(error: OperationalError) -> bool:
    """Tell whether two transactions were in each other's way, rather than the server gone."""
    return getattr(error.__cause__, "pgcode", "") in _CLASHES
