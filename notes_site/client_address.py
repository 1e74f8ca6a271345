"""The IP address of a client, which login limits are counted by."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the client address that the site's outermost proxy saw, or the peer's own without
    proxies.

    X-Forwarded-For is read from the right, PROXY_COUNT places: the client itself wrote what is
    further left.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    if not settings.PROXY_COUNT:
        return peer
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if len(hops) < settings.PROXY_COUNT:
        return peer
    return hops[-settings.PROXY_COUNT] or peer
