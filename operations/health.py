"""What monitors ask: whether the process answers, and whether it can reach its database."""

import logging

from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)
SECONDS_TO_CONNECT = 3


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answer 200: the process is alive. Asks nothing else."""
    return _plain("ok", status=200)


@require_safe
def health_ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 where a new connection to the database can be made, else 503."""
    try:
        _connect_afresh()
    except (Error, ImproperlyConfigured, OSError) as error:
        log.warning("The database cannot be reached: %s", error)
        return _plain("not ready", status=503)
    return _plain("ready", status=200)


def _connect_afresh() -> None:
    """Open a connection of its own: a kept one goes on working while new ones are refused."""
    fresh = connection.copy()
    fresh.settings_dict["OPTIONS"]["connect_timeout"] = SECONDS_TO_CONNECT
    try:
        with fresh.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        fresh.close()


def _plain(text: str, *, status: int) -> HttpResponse:
    return HttpResponse(
        text,
        status=status,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
