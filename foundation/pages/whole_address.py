"""The whole address of a page of ours, spelled alike wherever it is said.

Sitemap, canonical, Open Graph, JSON-LD, feeds and calendars are compared sign by sign by those who
read them.
"""

from django.conf import settings
from django.utils.encoding import iri_to_uri


def whole_address(path: str) -> str:
    """Return the address with scheme and host, percent-encoded; what is encoded already stays.

    Args:
        path: as `reverse` writes it, or as a request has it, with or without parameters.
    """
    return f"{settings.SITE_URL}{iri_to_uri(path)}"
