"""Decides which URLs may be used in a link, an image or a frame.

Every URL from a file or a form is checked here when it is stored and again when it is shown.
"""

import re
import unicodedata
from urllib.parse import urlsplit

# Nothing that a browser would skip, split at, or show in another order than it is typed.
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\"'<>`\\^{|}]")


def is_safe_address(address: str) -> bool:
    """Return whether the URL may be linked to: http or https, a host, no user part, no tricks."""
    if _FORBIDDEN.search(address) or _has_invisible(address):
        return False
    try:
        parts = urlsplit(address)
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and "@" not in parts.netloc
        and port_is_valid
    )


def _has_invisible(address: str) -> bool:
    return not address.isascii() and any(unicodedata.category(c) == "Cf" for c in address)


def safe_address(address: str) -> str:
    """Return the URL without outer white space, or '' if it may not be linked to."""
    stripped = address.strip()
    return stripped if is_safe_address(stripped) else ""


def host_of(address: str) -> str:
    """Return the host of a URL, without 'www.'; '' if it is not a safe URL."""
    if not is_safe_address(address):
        return ""
    return (urlsplit(address).hostname or "").removeprefix("www.")
