"""What every request passes on its way in and every answer on its way out."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from notes_site.error_pages import too_large

Answer = Callable[[HttpRequest], HttpResponse]

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeadersMiddleware:
    """Put the constant security headers on every answer, also on a refused Host.

    It stands outermost because Django's own middleware misses answers that are made before it.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class GZipTextMiddleware(GZipMiddleware):
    """Compress answers, but for images: they are compressed, and are sent as they lie on disk."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith("image/"):
            return response
        return super().process_response(request, response)


class RefuseLargeBodiesMiddleware:
    """Answer 413 to a request that says it brings more than any form of ours takes.

    It stands before whatever reads forms: Django would write a file of any size to the disk first.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdigit() and int(length[:18]) > settings.LARGEST_BODY:
            return too_large(request)
        return self.get_response(request)


class RefuseUnstorableTextMiddleware:
    """Answer 400 to addresses and forms with NUL or with bytes that are not UTF-8.

    PostgreSQL stores neither, and a page must not have two addresses because of the second.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> None:
        if "\0" in request.path or not is_storable(request.META.get("QUERY_STRING", "")):
            raise BadRequest("The address holds NUL or is not UTF-8.")
        if request.method == "POST" and any(
            "\0" in part for name in request.POST for part in [name, *request.POST.getlist(name)]
        ):
            raise BadRequest("The form holds NUL.")


def is_storable(query: str) -> bool:
    """Tell whether a query string, as it was sent, can stand in the database."""
    sent = unquote_to_bytes(query.encode("latin-1", "replace"))
    try:
        return "\0" not in sent.decode()
    except UnicodeDecodeError:
        return False
