"""Error pages. Those for server errors need no database at all.

After a form, the page shows what was typed, because browsers forget it when people go back.
"""

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from foundation.admin.session import asks_for_json
from foundation.database.faults import is_read_only, is_temporary
from foundation.logs.lines import log_event
from foundation.logs.request_context import request_context
from foundation.text.slugs import words_of_address
from notes_site.typed_text import typed_texts
from operations.turns import NoTurnError

RETRY_AFTER_SECONDS = 10


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: the request is malformed."""
    return _refusal(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403: the person may not do this."""
    log_event("request", by=_who(request), what=request.path, outcome="refused")
    if asks_for_json(request):
        return _told(_("This page is not open to you"), status=403)
    return _refusal(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 with the view's message and a search for the URL's words. No query."""
    said = str(exception.args[0]) if exception.args and isinstance(exception.args[0], str) else ""
    context = {"what_is_missing": said, "query": words_of_address(request.path)}
    return _refusal(request, "404.html", status=404, **context)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without a valid CSRF token; reloading the form's page renews it."""
    log_event("form", what=request.path, outcome="refused")
    if asks_for_json(request):
        return _told(_("The form had waited too long"), status=403)
    return _refusal(request, "403_csrf.html", status=403)


def too_many_tries(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
    """Answer 429: login is locked for a user name or a client address."""
    if asks_for_json(request):
        return _told(_("Too many tries"), status=429)
    return render(request, "429.html", status=429)


def no_turn(request: HttpRequest, error: NoTurnError) -> HttpResponse:
    """Answer 429 or 503: too much heavy work at once. The page shows what was typed."""
    log_event(error.work.name, by=_who(request), what=request.path, outcome="limited")
    if asks_for_json(request):
        response: HttpResponse = _told(error.sentence, status=error.status)
    else:
        response = _fault(request, "no_turn.html", status=error.status, sentence=error.sentence)
    response.headers["Retry-After"] = str(error.retry_after)
    return _no_store(response)


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer 413: the request body is too large. It is not read."""
    if asks_for_json(request):
        return _told(_("The file is larger than 15 MB."), status=413)
    return render(request, "413.html", status=413)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 for a temporary database error."""
    error = sys.exc_info()[1]
    if is_temporary(error):
        return service_unavailable(request, is_read_only=is_read_only(error))
    return _fault(request, "500.html", status=500)


def service_unavailable(request: HttpRequest, *, is_read_only: bool = False) -> HttpResponse:
    """Answer 503: the client may retry in a moment."""
    response = _fault(request, "503.html", status=503, is_read_only=is_read_only)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _told(sentence: str, *, status: int) -> JsonResponse:
    """Return a refusal as JSON for scripts."""
    return JsonResponse({"error": sentence}, status=status)


def _who(request: HttpRequest) -> Any:
    """Return the user name if the user is already loaded; runs no query."""
    user = getattr(request, "_cached_user", None)
    return getattr(user, "username", None) or None


def _refusal(request: HttpRequest, template: str, *, status: int, **context: Any) -> HttpResponse:
    """Return a page that refuses the request, with what was typed."""
    typed = typed_texts(request)
    response = render(request, template, {**context, "typed": typed}, status=status)
    return _no_store(response) if typed else response


def _fault(request: HttpRequest, template: str, *, status: int, **context: Any) -> HttpResponse:
    """Return a page about a server error, with what was typed.

    Rendered without context processors, which may be what is broken.
    """
    context |= {"typed": typed_texts(request), "reference": request_context().reference}
    context["status"] = status
    page = loader.get_template(template).render(context)
    return _no_store(HttpResponse(page, status=status))


def _no_store(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
