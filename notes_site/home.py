"""The front: home page, about, robots.txt."""

from django.http import Http404, HttpRequest, HttpResponse


def home(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404


def about(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404


def robots(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404

