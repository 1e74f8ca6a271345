"""The sitemap, an index of sections."""

from django.http import Http404, HttpRequest, HttpResponse


def sitemap_index(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404


def sitemap_section(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404

