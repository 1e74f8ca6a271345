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
    return HttpResponse(_body(name), headers={"Content-Encoding": "gzip"})


urlpatterns = [
    path("same-bytes/<slug:name>/", same_bytes),
    path("", include("notes_site.urls")),
]
