"""What every request passes on its way in and every answer on its way out."""

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
    """Put the constant security headers on every answer, also on a refused Host.

    It stands outermost because Django's own middleware misses answers that are made before it.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ON_EVERY_ANSWER.items():
            response.headers.setdefault(name, value)
        return response


class BodilessHeadMiddleware:
    """Answer HEAD without a body, and with the length that GET has; servers complain otherwise."""

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


class UnkeptAdminMiddleware:
    """Have nobody keep what is below the admin's address: pages, scripts, redirects, refusals.

    Whoever sits at the same computer later would read it with the key that goes back.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(_ADMIN):
            response.headers["Cache-Control"] = "private, no-store"
        return response


class RefusedEncodingsMiddleware:
    """Take out of Accept-Encoding what it refuses: whoever compresses looks for names alone."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.META.get("HTTP_ACCEPT_ENCODING", "")
        if ";" in sent:
            request.META["HTTP_ACCEPT_ENCODING"] = accepted_encodings(sent)
        return self.get_response(request)


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

    PostgreSQL stores neither, and a page must not have two addresses because of the second. Nor
    because of a slash that is written as %2F: that is a 404.
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
    """Answer 429 or 503 where heavy work has no turn now, whichever view wanted to do it.

    It stands before whatever reads forms: where a process has no thread for what a script sends, it
    says so without session, query and form. What people send by hand is read, and comes back.
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
