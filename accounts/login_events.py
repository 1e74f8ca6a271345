"""Logs every login, logout, failed login and lockout, one line each."""

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth import signals

from foundation.logs.lines import log_event


def connect() -> None:
    """Connect the signal handlers that write the log lines."""
    signals.user_logged_in.connect(_signed_in, dispatch_uid="login_events")
    signals.user_logged_out.connect(_signed_out, dispatch_uid="login_events")
    signals.user_login_failed.connect(_failed, dispatch_uid="login_events")
    user_locked_out.connect(_stopped, dispatch_uid="login_events")


def _signed_in(user: Any, **_: Any) -> None:
    log_event("login", by=user)


def _signed_out(user: Any, **_: Any) -> None:
    log_event("logout", by=user)


def _failed(credentials: dict[str, Any], **_: Any) -> None:
    log_event("login", by=str(credentials.get("username", ""))[:150], outcome="failed")


def _stopped(username: str | None = None, **_: Any) -> None:
    log_event("login", by=str(username or "")[:150], outcome="limited")
