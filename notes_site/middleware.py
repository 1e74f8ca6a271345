"""The site's middleware: security headers, HEAD, caching of admin pages, compression, refused
requests.
"""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.translation import gettext as _

from foundation.admin.session import asks_for_json
from foundation.pages.csp import ON_EVERY_ANSWER, accepted_encodings
from foundation.pages.requests import has_hidden_slash, is_storable
from notes_site.error_pages import no_turn, too_large
from operations.turns import PREVIEW, UPLOAD, NoTurnError, refuse_without_room

# As `urls.py` has it; not asked for, since faults of the addresses must pass here too.
_ADMIN = "/admin/"
_CHUNK = 65_536
Answer = Callable[[HttpRequest], HttpResponse]


class SecurityHeadersMiddleware:
    """Add the constant security headers to every response, also to a refused Host.

    It is outermost because Django's own middleware misses responses that are made before it.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ON_EVERY_ANSWER.items():
            response.headers.setdefault(name, value)
        return response


class BodilessHeadMiddleware:
    """Answer HEAD without a body, and with the Content-Length of GET; servers complain
    otherwise.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response: Any = self.get_response(request)
        if request.method == "HEAD" and response.streaming:
            response.streaming_content = ()
        elif request.method == "HEAD":
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response


class NoStoreAdminMiddleware:
    """Add `Cache-Control: no-store` to everything below the admin's URL: pages, scripts, redirects,
    refusals.

    Otherwise the next person at the same computer could read it with the back button.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(_ADMIN):
            response.headers["Cache-Control"] = "private, no-store"
        return response


class RefusedEncodingsMiddleware:
    """Remove encodings with `q=0` from Accept-Encoding, since the code that compresses looks for
    names only.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.META.get("HTTP_ACCEPT_ENCODING", "")
        if ";" in sent:
            request.META["HTTP_ACCEPT_ENCODING"] = accepted_encodings(sent)
        return self.get_response(request)


class GZipTextMiddleware(GZipMiddleware):
    """GZipMiddleware, except for images, which are compressed already and streamed from disk."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith("image/"):
            return response
        return super().process_response(request, response)


class RefuseLargeBodiesMiddleware:
    """Answer 413 to a request whose Content-Length exceeds that of every form of the site.

    It comes before anything that reads forms: Django would write a file of any size to the disk
    first.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdigit() and int(length[:18]) > settings.LARGEST_BODY:
            return too_large(request)
        return self.get_response(request)


class RefuseUnstorableTextMiddleware:
    """Answer 400 to URLs and forms with NUL or with invalid UTF-8.

    PostgreSQL stores neither, and invalid UTF-8 would give a page a second URL. A slash written as
    %2F would too: that is a 404.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> None:
        if has_hidden_slash(request):
            raise Http404(_("There is nothing at this address."))
        if "\0" in request.path or not is_storable(request.META.get("QUERY_STRING", "")):
            raise BadRequest("The address holds NUL or is not UTF-8.")
        if request.method == "POST" and any(
            "\0" in part for name in request.POST for part in [name, *request.POST.getlist(name)]
        ):
            raise BadRequest("The form holds NUL.")


class NoTurnMiddleware:
    """Answer 429 or 503 if heavy work has no free place now (`operations.turns`), whichever view
    needs it.

    It comes before anything that reads forms: if a process has no thread for a script's request, it
    is refused without session, query and form. What people send by hand is read, and shown again.
    """

    sent_by_scripts = MappingProxyType(
        {"admin:images_image_upload": UPLOAD, "admin:recaps_recap_preview": PREVIEW}
    )

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> HttpResponse | None:
        match = request.resolver_match
        work = self.sent_by_scripts.get(match.view_name) if match else None
        if not work or not asks_for_json(request):
            return None
        try:
            refuse_without_room(work)
        except NoTurnError as error:
            # A server that closes on what it has not read takes its answer back.
            while request.read(_CHUNK):
                pass
            return no_turn(request, error)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return no_turn(request, error) if isinstance(error, NoTurnError) else None
