"""The page of a talk."""

from django.http import Http404, HttpRequest, HttpResponse


def talk(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404

