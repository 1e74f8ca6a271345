"""What a request says that no page can be asked for: an encoded slash, a NUL, broken UTF-8."""

from urllib.parse import unquote_to_bytes

from django.http import HttpRequest


def has_hidden_slash(request: HttpRequest) -> bool:
    """Tell whether the path has a slash as %2F, which servers decode before Django sees it."""
    raw: str = request.META.get("RAW_URI") or request.META.get("REQUEST_URI") or ""
    return "%2f" in raw.partition("?")[0].lower()


def is_storable(query: str) -> bool:
    """Tell whether a query string, as it was sent, can stand in the database."""
    sent = unquote_to_bytes(query.encode("latin-1", "replace"))
    try:
        return "\0" not in sent.decode()
    except UnicodeDecodeError:
        return False
