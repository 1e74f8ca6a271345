"""Pages of recaps and authors."""

from django.http import Http404, HttpRequest, HttpResponse


def recap(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404


def author(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404

