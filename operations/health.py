"""What monitors ask."""

from django.http import Http404, HttpRequest, HttpResponse


def health(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404


def health_ready(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404

