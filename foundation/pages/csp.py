"""Exceptions of a page from the Content-Security-Policy, and the headers of every answer."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse

ON_EVERY_ANSWER = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_REFUSED = re.compile(r";\s*q\s*=\s*0(\.0*)?\s*(;|$)", re.IGNORECASE)


def accepted_encodings(sent: str) -> str:
    """Return an Accept-Encoding without what it refuses (`gzip;q=0`)."""
    return ",".join(part for part in sent.split(",") if not _REFUSED.search(part))


def allow(response: HttpResponse, sources: Mapping[str, Sequence[str]]) -> HttpResponse:
    """Have the policy of this one answer allow more sources, by directive; return the answer.

    The caller vouches that no source holds a space, a comma or a semicolon.
    """
    answer: Any = response
    # django-csp's own way in; its decorator takes the sources before the view has run.
    answer._csp_update = {name: list(values) for name, values in sources.items()}
    return response
