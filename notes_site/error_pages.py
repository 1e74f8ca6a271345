"""The pages for what went wrong. Those of the server's own faults need no database at all."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from notes_site.admin_session import asks_for_json
from notes_site.slugs import words_of_address

RETRY_AFTER_SECONDS = 10


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: the request could not be read."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403: the person may not do this."""
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, with what the view said was missing, and a search for it. No query."""
    said = str(exception.args[0]) if exception.args and isinstance(exception.args[0], str) else ""
    context = {"what_is_missing": said, "query": words_of_address(request.path)}
    return render(request, "404.html", context, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without its token, which a reload of the form's page renews.

    Whoever writes here gets back what they typed: browsers forget it when they go back.
    """
    writes = request.user.is_active and request.user.is_staff
    fields = [text for name, text in request.POST.items() if "password" not in name]
    texts = [text for text in fields if "\n" in text or len(text) > 100]
    return render(request, "403_csrf.html", {"texts": texts if writes else []}, status=403)


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer 413: the request brings more than the site takes."""
    if asks_for_json(request):
        return JsonResponse({"error": _("The file is larger than 15 MB.")}, status=413)
    return render(request, "413.html", status=413)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 where the database is away or too busy.

    Both pages are rendered without context processors: whatever is broken must not break them.
    """
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return service_unavailable(request)
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def service_unavailable(request: HttpRequest) -> HttpResponse:
    """Answer 503: the reader may try again in a moment."""
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"}
    return HttpResponse(loader.get_template("503.html").render(), status=503, headers=headers)
