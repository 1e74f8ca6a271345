"""What is kept about logins goes when its time is over."""

import datetime as dt

from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.utils import timezone

DAYS_KEPT = 90


def prune_logins(*, days: int = DAYS_KEPT) -> dict[str, int]:
    """Delete ended sessions, and login records older than so many days; return how many of each.

    Limits on login tries count five minutes, so none is lifted by it. Three statements.
    """
    now = timezone.now()
    before = now - dt.timedelta(days=days)
    old = {
        "sessions": Session.objects.filter(expire_date__lt=now),
        "logins": AccessLog.objects.filter(attempt_time__lt=before),
        "failed logins": AccessAttempt.objects.filter(attempt_time__lt=before),
    }
    return {name: rows.delete()[0] for name, rows in old.items()}
