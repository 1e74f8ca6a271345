"""Talks by the month they were given."""

from django.http import Http404, HttpRequest, HttpResponse


def talk_archive(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404


def talk_archive_year(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404


def talk_archive_month(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404

