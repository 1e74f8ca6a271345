"""Health checks for monitors: whether the process answers, and whether it can serve pages."""

import logging
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

from foundation.pages.public_page import read_only
from operations.migrating import unapplied_migrations

log = logging.getLogger(__name__)
SECONDS_TO_CONNECT = 3
# The page that is made to see whether pages can be made.
_SAMPLE_PAGE = "/"


class NotReadyError(Exception):
    """The site cannot serve pages now; the message says why."""


@read_only
def health(request: HttpRequest) -> HttpResponse:
    """Answer 200: the process is alive. Checks nothing else."""
    return _plain("ok", status=200)


@read_only
def health_ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 if a new connection finds a migrated database, and a page can be rendered.

    Otherwise 503; the log says why.
    """
    try:
        _connect_afresh()
        _make_a_page(request)
    except (Error, ImproperlyConfigured, OSError, NotReadyError) as error:
        log.warning("The site is not ready: %s", " ".join(str(error).split()))
        return _plain("not ready", status=503)
    return _plain("ready", status=200)


def _connect_afresh() -> None:
    """Open a new connection: an existing one goes on working while new ones are refused."""
    fresh = connection.copy()
    fresh.settings_dict["OPTIONS"]["connect_timeout"] = SECONDS_TO_CONNECT
    try:
        if missing := unapplied_migrations(fresh):
            raise NotReadyError(f"the database lacks {len(missing)} migrations, {missing[0]} first")
    finally:
        fresh.close()


def _make_a_page(request: HttpRequest) -> None:
    """Request a page from the site itself, as a reader would: the database may answer while pages
    fail.
    """
    response = _site().get_response(_for_a_reader(request))
    if response.status_code != 200:
        raise NotReadyError(f"the page {_SAMPLE_PAGE} answers {response.status_code}")


def _for_a_reader(request: HttpRequest) -> WSGIRequest:
    """Return a request for the sample page at the site's own host, without cookies."""
    scheme, _, host = settings.SITE_URL.partition("://")
    environ = {name: request.META[name] for name in ("SERVER_NAME", "SERVER_PORT")}
    environ |= {"REQUEST_METHOD": "GET", "PATH_INFO": _SAMPLE_PAGE, "QUERY_STRING": ""}
    environ |= {"HTTP_HOST": host, "HTTP_X_FORWARDED_PROTO": scheme, "wsgi.url_scheme": scheme}
    return WSGIRequest({**environ, "wsgi.input": request.META.get("wsgi.input")})


@cache
def _site() -> BaseHandler:
    site = BaseHandler()
    site.load_middleware()
    return site


def _plain(text: str, *, status: int) -> HttpResponse:
    return HttpResponse(
        text,
        status=status,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
