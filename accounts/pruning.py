"""Deletes expired sessions and old login records."""

import datetime as dt

from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.utils import timezone

DAYS_KEPT = 90


def prune_logins(*, days: int = DAYS_KEPT) -> dict[str, int]:
    """Delete expired sessions, and login records older than so many days; return how
    many of each.

    Lockouts last five minutes, so this ends none early. Three statements.
    """
    now = timezone.now()
    before = now - dt.timedelta(days=days)
    old = {
        "sessions": Session.objects.filter(expire_date__lt=now),
        "logins": AccessLog.objects.filter(attempt_time__lt=before),
        "failed logins": AccessAttempt.objects.filter(attempt_time__lt=before),
    }
    return {name: rows.delete()[0] for name, rows in old.items()}
