"""What every template may name: the site. Runs no query and reads no session."""

from django.conf import settings
from django.http import HttpRequest

from foundation.pages.whole_address import whole_address


def site(request: HttpRequest) -> dict[str, str]:
    """Return the site's name, and this page's canonical address without parameters."""
    return {
        "site_name": settings.SITE_NAME,
        "canonical_url": whole_address(request.path),
    }
