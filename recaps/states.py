"""The states of a recap (draft, submitted, published, bin), and who may change them.

Note-takers own recaps and may write them while they are drafts. Publishers see and write
everybody's. A recap in the bin can be read and restored, but not written; after 30 days it is
deleted.

Functions that publish, return or submit take any number of recaps, all or none: they skip those
that are in the new state already and return those that changed. No text is changed. Three queries
at most, and one for each recap that changes.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User
from foundation.logs.lines import log_when_done
from foundation.models.append_only import history_may_change
from recaps.enums import RecapState, RecapStatus
from recaps.models import Recap, RecapQuerySet
from recaps.start_texts import refuse_untouched
from recaps.writing import change_recap, refuse_unless_publisher


def may_see(user: Any, recap: Recap) -> bool:
    """Return whether a person may see the recap in the admin; agrees with `visible_to`."""
    return may_publish(user) or recap.author_id == user.pk


def may_edit(user: Any, recap: Recap) -> bool:
    """Return whether a person may change the recap, or move it to the bin."""
    return recap.deleted_at is None and _may_write(user, recap)


def may_take_from_bin(user: Any, recap: Recap) -> bool:
    """Return whether a person may restore the recap. People who may not publish restore drafts
    only.
    """
    return recap.deleted_at is not None and _may_write(user, recap)


def may_publish(user: Any) -> bool:
    """Return whether a person may publish recaps."""
    return bool(user.has_perm("recaps.publish_recap"))


def _may_write(user: Any, recap: Recap) -> bool:
    is_own_draft = recap.author_id == user.pk and recap.status == RecapStatus.DRAFT
    return may_publish(user) or is_own_draft


@dataclass(frozen=True)
class Publication:
    """A recap's state, and its publication date if it is scheduled."""

    state: RecapState
    appears_at: dt.datetime | None

    @classmethod
    def of(cls, recap: Recap) -> "Publication":
        """Return the present state of a recap."""
        state = recap.state
        return cls(state, recap.published_at if state == RecapState.SCHEDULED else None)


@transaction.atomic
def publish_recaps(recaps: RecapQuerySet, *, by: User | None) -> list[Recap]:
    """Publish the drafts among the recaps, now or at their publication date.

    Raises PermissionDenied for a person who may not publish, and ValidationError if one of them is
    still an unchanged start text.
    """
    refuse_unless_publisher(by)
    now = timezone.now()
    drafts = list(recaps.drafts().locked())
    refuse_untouched(drafts)
    log_when_done("publish", by=by, what=_named(drafts))
    return [
        change_recap(recap, status=RecapStatus.PUBLISHED, published_at=recap.published_at or now)
        for recap in drafts
    ]


@transaction.atomic
def return_recaps(recaps: RecapQuerySet, *, by: User | None) -> list[Recap]:
    """Return the published, scheduled and submitted ones among the recaps to draft.

    Raises PermissionDenied for a person who may not publish.
    """
    refuse_unless_publisher(by)
    beyond = recaps.kept().exclude(pk__in=Recap.objects.not_submitted().values("pk"))
    returned = list(beyond.locked())
    log_when_done("return to drafts", by=by, what=_named(returned))
    return [change_recap(recap, status=RecapStatus.DRAFT, submitted_at=None) for recap in returned]


@transaction.atomic
def submit_recaps(recaps: RecapQuerySet) -> list[Recap]:
    """Mark the drafts among the recaps as ready for publication.

    Raises ValidationError if one of them is still an unchanged start text.
    """
    now = timezone.now()
    drafts = list(recaps.not_submitted().locked())
    refuse_untouched(drafts)
    return [change_recap(recap, submitted_at=now) for recap in drafts]


def _named(recaps: list[Recap]) -> str:
    """Return the recaps' ids for the log, since titles of drafts are private."""
    return f"recaps {', '.join(str(recap.pk) for recap in recaps) or 'none'}"


DAYS_IN_BIN = 30


def put_in_bin(recap: Recap) -> Recap:
    """Move a recap to the bin: no page lists it. Its slug and everything else is kept.

    One query. Raises RecapConflict if somebody changed it since it was read.
    """
    return change_recap(recap, deleted_at=timezone.now())


def take_from_bin(recap: Recap) -> Recap:
    """Restore a recap as it was: a published one is published again. One query.

    Raises RecapConflict if somebody changed it since it was read.
    """
    return change_recap(recap, deleted_at=None)


def delete_for_good(recaps: RecapQuerySet) -> int:
    """Delete recaps with their versions, which nothing else deletes; return the number."""
    with history_may_change():
        _total, counts = recaps.delete()
    return counts.get(Recap._meta.label, 0)


def empty_bin() -> int:
    """Delete for good what has been in the bin for longer than 30 days; return the number."""
    expired = Recap.objects.in_bin_before(timezone.now() - dt.timedelta(days=DAYS_IN_BIN))
    return delete_for_good(expired)


# By another clock it may be the day after already.
CLOCKS_APART = dt.timedelta(days=1)


def doubts_about(recap: Recap) -> list[str]:
    """Return warnings about a recap's publication date. Its subject must be loaded."""
    given_on = _day_of_subject(recap)
    if recap.published_at is None or given_on is None:
        return []
    published_on = timezone.localdate(recap.published_at)
    if published_on >= given_on - CLOCKS_APART:
        return []
    said = gettext("The recap is published on %(published)s, before what it is about: %(day)s.")
    return [said % {"published": date_format(published_on), "day": date_format(given_on)}]


def _day_of_subject(recap: Recap) -> dt.date | None:
    """Return the first day of its subject; None if it is only estimated."""
    talk = recap.talk
    conference = talk.conference if talk else recap.conference
    if conference is None or conference.dates_estimated:
        return None
    return talk.given_on if talk else conference.starts_on
