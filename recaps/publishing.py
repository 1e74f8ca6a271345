"""What happens to recaps between draft and publication: any number of them, all or none.

Each verb passes over what is there already and returns the recaps that it changed. None touches a
text. Three queries at most, and one for each recap that changes.
"""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.logs.lines import log_when_done
from recaps.enums import RecapStatus
from recaps.models import Recap
from recaps.querysets import RecapQuerySet
from recaps.starting import refuse_untouched
from recaps.writing import change_recap, refuse_unless_publisher


@transaction.atomic
def publish_recaps(recaps: RecapQuerySet, *, by: User | None) -> list[Recap]:
    """Publish the drafts among the recaps, now or at the moment that they have.

    Raises PermissionDenied for a person who may not publish, and ValidationError where one of
    them is still the text that it began with.
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
    """Make drafts again of what is published, scheduled or submitted among the recaps.

    Raises PermissionDenied for a person who may not publish.
    """
    refuse_unless_publisher(by)
    beyond = recaps.kept().exclude(pk__in=Recap.objects.not_submitted().values("pk"))
    returned = list(beyond.locked())
    log_when_done("return to drafts", by=by, what=_named(returned))
    return [change_recap(recap, status=RecapStatus.DRAFT, submitted_at=None) for recap in returned]


@transaction.atomic
def submit_recaps(recaps: RecapQuerySet) -> list[Recap]:
    """Say of the drafts among the recaps that they are ready to be published.

    Raises ValidationError where one of them is still the text that it began with.
    """
    now = timezone.now()
    drafts = list(recaps.not_submitted().locked())
    refuse_untouched(drafts)
    return [change_recap(recap, submitted_at=now) for recap in drafts]


def _named(recaps: list[Recap]) -> str:
    """Return which recaps, for the log: by number, since titles of drafts are nobody else's."""
    return f"recaps {', '.join(str(recap.pk) for recap in recaps) or 'none'}"
