"""Absolute URLs of the site's pages, spelled the same everywhere.

Clients of the sitemap, canonical links, Open Graph, JSON-LD, feeds and calendars compare URLs as
strings.
"""

from django.conf import settings
from django.utils.encoding import iri_to_uri


def whole_address(path: str) -> str:
    """Return the URL with scheme and host, percent-encoded; what is already encoded stays.

    Args:
        path: as `reverse` writes it, or as a request has it, with or without parameters.
    """
    return f"{settings.SITE_URL}{iri_to_uri(path)}"
