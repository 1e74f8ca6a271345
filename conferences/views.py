"""Pages of conferences and series."""

from django.http import Http404, HttpRequest, HttpResponse


def conferences(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404


def conference(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404


def series(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404

