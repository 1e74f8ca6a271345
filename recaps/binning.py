"""Deleted recaps lie in a bin for 30 days and come back whole; then they are gone."""

import datetime as dt

from django.utils import timezone

from foundation.models.append_only import history_may_change
from recaps.models import Recap
from recaps.querysets import RecapQuerySet
from recaps.writing import change_recap

DAYS_IN_BIN = 30


def put_in_bin(recap: Recap) -> Recap:
    """Take a recap off every page and list. Its address and everything else of it is kept.

    One query. Raises RecapConflict where somebody changed it since it was read.
    """
    return change_recap(recap, deleted_at=timezone.now())


def take_from_bin(recap: Recap) -> Recap:
    """Bring a recap back as it was: what was published is published again. One query.

    Raises RecapConflict where somebody changed it since it was read.
    """
    return change_recap(recap, deleted_at=None)


def delete_for_good(recaps: RecapQuerySet) -> int:
    """Delete recaps with their versions, which nothing else deletes; return how many."""
    with history_may_change():
        _total, counts = recaps.delete()
    return counts.get(Recap._meta.label, 0)


def empty_bin() -> int:
    """Delete what has been in the bin for longer than 30 days, for good; return how many."""
    expired = Recap.objects.in_bin_before(timezone.now() - dt.timedelta(days=DAYS_IN_BIN))
    return delete_for_good(expired)
