"""Page cache middleware: answers public pages with 304 or a cached copy.

It comes before the middleware that sets headers, so that a cached page has the headers it was sent
with.
"""

import hashlib
import logging
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed, SuspiciousOperation
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

from foundation.page_cache.code_version import code_version
from foundation.page_cache.kept_page import kept_page
from foundation.page_cache.pages import Pages
from foundation.pages.public_page import listed
from foundation.pages.requests import has_hidden_slash, is_storable

log = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponseBase]
# Whoever keeps the page asks before each use whether it still holds: an edit shows at once.
_FOR_ALL = "public, no-cache"
_FOR_ONE = "private, no-cache"


class PageCacheMiddleware:
    """Give public pages an ETag and cache them, for requests without a session."""

    def __init__(self, get_response: Answer):
        if not settings.PAGE_CACHE:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.pages = Pages()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        parameters = _parameters(request)
        if parameters is None:
            return self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return _uncached(self.get_response(request))
        etag = self._etag(request, parameters)
        if etag is None:
            return self.get_response(request)
        return self._kept(request, etag) or self._made(request, etag)

    def _kept(self, request: HttpRequest, etag: str) -> HttpResponseBase | None:
        """Return 304 or the cached page; None if it must be rendered."""
        if _has(request, etag):
            return _labelled(HttpResponseNotModified(), etag)
        kept = self.pages.get(etag)
        if kept is not None and _has(request, kept.etag):
            return _labelled(HttpResponseNotModified(), kept.etag)
        return kept.answer_to(request) if kept else None

    def _etag(self, request: HttpRequest, parameters: str) -> str | None:
        """Return the page's present ETag; None if the database cannot answer."""
        now = timezone.now()
        try:
            version = self.pages.version(now).as_text()
        except (Error, ValueError, OverflowError) as error:
            # Where the database is away, the view will fail itself, with the page for that; or it
            # needs none. Of a moment that Python cannot hold the page itself may know nothing.
            log.warning("The content version cannot be read: %s", error)
            return None
        day = timezone.localdate(now).isoformat()
        return _digest(version, day, get_language() or "", request.path, parameters)

    def _made(self, request: HttpRequest, etag: str) -> HttpResponseBase:
        """Render the page, and cache it if it may be cached.

        A view may have its own ETag that stays valid longer, and answer 304 by itself.
        """
        response = self.get_response(request)
        if response.status_code not in (200, 304) or not _is_for_all(response):
            return _uncached(response)
        _labelled(response, response.headers.get("ETag", etag))
        may_be_kept = response.status_code == 200 and request.method == "GET"
        if may_be_kept and isinstance(response, HttpResponse):
            self.pages.put(etag, kept_page(response))
        return response


def _parameters(request: HttpRequest) -> str | None:
    """Return the query parameters a public page may depend on; None if the URL is no
    public page.

    Also None for requests that inner middleware refuses or redirects.
    """
    if request.method not in ("GET", "HEAD") or not is_storable(request.META["QUERY_STRING"]):
        return None
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        return None
    if has_hidden_slash(request):
        return None
    names = _names_at(request.path_info, settings.ROOT_URLCONF)
    if names is None:
        return None
    try:
        request.get_host()
        return listed(request.GET, names).urlencode() if request.META["QUERY_STRING"] else ""
    except SuspiciousOperation:
        return None


@lru_cache(maxsize=1_024)
def _names_at(path: str, urlconf: str) -> tuple[str, ...] | None:
    """Return the parameters that the URL's view declares; None if it is no public page."""
    try:
        view = resolve(path, urlconf).func
    except Http404:
        return None
    return getattr(view, "page_parameters", None)


def _digest(*parts: str) -> str:
    whole = "\0".join([code_version(), *parts])
    return f'"{hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:40]}"'


def _has(request: HttpRequest, etag: str) -> bool:
    """Return whether the client has the page with that ETag already, compressed or not."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return etag.removeprefix("W/") in (each.removeprefix("W/") for each in known)


def _is_for_all(response: HttpResponseBase) -> bool:
    vary = response.headers.get("Vary", "").lower()
    return not response.cookies and "cookie" not in vary and "Cache-Control" not in response.headers


def _labelled(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    # Weak: the same page, whether it is sent compressed or not.
    response.headers["ETag"] = f"W/{etag.removeprefix('W/')}"
    response.headers["Cache-Control"] = _FOR_ALL
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _uncached(response: HttpResponseBase) -> HttpResponseBase:
    response.headers.setdefault("Cache-Control", _FOR_ONE)
    return response
