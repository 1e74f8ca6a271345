"""Pages of tags."""

from django.http import Http404, HttpRequest, HttpResponse


def tags(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404


def tag(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404

