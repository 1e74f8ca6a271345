"""Recaps by the month they were published."""

from django.http import Http404, HttpRequest, HttpResponse


def archive(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404


def archive_year(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404


def archive_month(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404

