"""The search page."""

from django.http import Http404, HttpRequest, HttpResponse


def search(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404

