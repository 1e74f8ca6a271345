"""Parses URLs in untrusted files: repaired if that is safe, refused otherwise.

Nothing is ever fetched.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from exchange.report import Finding, Severity
from foundation.text.names import clean_line
from foundation.text.weblinks import is_safe_address

ADDRESS_MAX_LENGTH = 2_000
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):")
_AFTER_HOST = re.compile(r"[/?#]")
_HOST_SIGNS = re.compile(r"^[A-Za-z0-9.-]+$")
# Plain in old addresses, though they should be written as their codes.
_TO_ENCODE = re.compile(r"['^{|}]")

EMPTY = Finding(Severity.WARNING, "url.empty", _("An address is empty; it was left out."))
NOT_WEB = Finding(
    Severity.WARNING, "url.scheme", _("This is no http or https address; it was left out.")
)
RELATIVE = Finding(
    Severity.WARNING,
    "url.relative",
    _("The address is relative and its site unknown; it was left out."),
)
UNSAFE = Finding(
    Severity.WARNING, "url.unsafe", _("The address is malformed or unsafe; it was left out.")
)
TOO_LONG = Finding(Severity.WARNING, "url.too_long", _("The address is too long; it was left out."))
REPAIRED = Finding(
    Severity.WARNING,
    "url.repaired",
    _("The address was repaired: scheme added, or signs stuck to its end removed."),
)


@dataclass(frozen=True)
class Address:
    """A URL that may be linked to, or '' with the finding that says why not."""

    url: str
    finding: Finding | None = None


def address_in_file(raw: str) -> Address:
    """Parse a URL from a file."""
    text = clean_line(raw)
    if not text:
        return Address("", EMPTY)
    if len(text) > ADDRESS_MAX_LENGTH:
        return Address("", TOO_LONG)
    bare = _without_glue(text)
    whole = _with_scheme(bare)
    if whole is None:
        return Address("", RELATIVE if text.startswith("/") else NOT_WEB)
    if len(whole) > ADDRESS_MAX_LENGTH:
        return Address("", TOO_LONG)
    if not is_safe_address(whole):
        return Address("", UNSAFE)
    return Address(whole, None if bare == text and _SCHEME.match(bare) else REPAIRED)


def _without_glue(text: str) -> str:
    """Remove commas, semicolons and unbalanced closing brackets that scraping left at the end."""
    stripped = text.rstrip(",;")
    while stripped.endswith(")") and stripped.count(")") > stripped.count("("):
        stripped = stripped[:-1].rstrip(",;")
    return stripped


def _with_scheme(text: str) -> str | None:
    """Return the URL with a lower-case http or https scheme, None if it cannot have one."""
    encoded = _TO_ENCODE.sub(lambda match: quote(match.group()), text)
    scheme = _SCHEME.match(encoded)
    if scheme:
        name = scheme.group(1).lower()
        return name + encoded[len(name) :] if name in {"http", "https"} else None
    return f"https://{encoded}" if _starts_with_host(encoded) else None


def _starts_with_host(text: str) -> bool:
    """Return whether a URL without a scheme clearly begins with a host name."""
    host = _AFTER_HOST.split(text, maxsplit=1)[0]
    labels = host.split(".")
    return (
        bool(_HOST_SIGNS.match(host))
        and len(labels) > 1
        and all(labels)
        and labels[-1].isalpha()
        and len(labels[-1]) > 1
    )
