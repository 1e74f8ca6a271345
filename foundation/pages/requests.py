"""Detects requests that no page can answer: an encoded slash, a NUL, broken UTF-8."""

from urllib.parse import unquote_to_bytes

from django.http import HttpRequest


def has_hidden_slash(request: HttpRequest) -> bool:
    """Return whether the path contains %2F, which servers decode before Django sees it."""
    raw: str = request.META.get("RAW_URI") or request.META.get("REQUEST_URI") or ""
    return "%2f" in raw.partition("?")[0].lower()


def is_storable(query: str) -> bool:
    """Return whether PostgreSQL can store the raw query string."""
    sent = unquote_to_bytes(query.encode("latin-1", "replace"))
    try:
        return "\0" not in sent.decode()
    except UnicodeDecodeError:
        return False
