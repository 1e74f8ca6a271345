"""Context processor for all templates: the site's name and the canonical URL. Runs no query and
reads no session.
"""

from django.conf import settings
from django.http import HttpRequest

from foundation.pages.whole_address import whole_address


def site(request: HttpRequest) -> dict[str, str]:
    """Return the site's name, and this page's canonical URL without query parameters."""
    return {
        "site_name": settings.SITE_NAME,
        "canonical_url": whole_address(request.path),
    }
