"""The site's addresses, and a trivial view that answers with the bytes of a page."""

import os
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


@cache
def _body(name: str) -> bytes:
    return (Path(os.environ["BENCH_BODIES"]) / name).read_bytes()


def same_bytes(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with the compressed bytes of the page of that name."""
    body = _body(name)
    # Without the site's middleware nothing else says the length.
    headers = {"Content-Encoding": "gzip", "Content-Length": str(len(body))}
    return HttpResponse(body, headers=headers)


urlpatterns = [
    path("same-bytes/<slug:name>/", same_bytes),
    path("", include("notes_site.urls")),
]
