"""Pages of speakers."""

from django.http import Http404, HttpRequest, HttpResponse


def speakers(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404


def speaker(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404

