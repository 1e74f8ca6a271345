"""Nothing about logins is kept for ever."""

import datetime as dt
from io import StringIO

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

pytestmark = pytest.mark.django_db


def prune(*arguments):
    out = StringIO()
    call_command("prune_logins", *arguments, stdout=out)
    return out.getvalue()


def records_of(days_ago):
    """A session that ended so many days ago, a login and a failed one from then."""
    then = timezone.now() - dt.timedelta(days=days_ago)
    Session.objects.create(session_key=f"s{days_ago}", session_data="", expire_date=then)
    AccessLog.objects.create(username="ada", ip_address="192.0.2.1")
    AccessAttempt.objects.create(
        username=f"ada{days_ago}", ip_address="192.0.2.1", failures_since_start=1
    )
    for model in (AccessLog, AccessAttempt):
        model.objects.filter(attempt_time__gt=timezone.now() - dt.timedelta(minutes=1)).update(
            attempt_time=then
        )


def test_what_is_old_goes_and_the_rest_stays():
    for days in (-1, 1, 89, 91):
        records_of(days)

    assert prune() == "Deleted 3 sessions, 1 logins, 1 failed logins.\n"
    assert prune() == "Deleted 0 sessions, 0 logins, 0 failed logins.\n"
    assert list(Session.objects.values_list("session_key", flat=True)) == ["s-1"]
    assert (AccessLog.objects.count(), AccessAttempt.objects.count()) == (3, 3)


def test_how_long_is_the_operators_to_say():
    for days in (1, 3):
        records_of(days)

    assert prune("--days", "2") == "Deleted 2 sessions, 1 logins, 1 failed logins.\n"


def test_nothing_to_prune():
    assert prune() == "Deleted 0 sessions, 0 logins, 0 failed logins.\n"
