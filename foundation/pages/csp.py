"""Security headers, and additions of single pages to the Content-Security-Policy."""

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
    """Return an Accept-Encoding header without the encodings it refuses (`gzip;q=0`)."""
    return ",".join(part for part in sent.split(",") if not _REFUSED.search(part))


def allow(response: HttpResponse, sources: Mapping[str, Sequence[str]]) -> HttpResponse:
    """Add sources to the response's Content-Security-Policy, by directive; return the response.

    The caller guarantees that no source contains a space, a comma or a semicolon.
    """
    answer: Any = response
    # django-csp's own way in; its decorator takes the sources before the view has run.
    answer._csp_update = {name: list(values) for name, values in sources.items()}
    return response
