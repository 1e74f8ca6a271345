"""Access log: one line for each request, and a reference that its other log lines share.

Error pages show the reference. Other pages do not: two readers get the same page, byte for byte.
"""

import logging
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from foundation.logs.request_context import RequestContext, answering
from notes_site.client_address import client_address

log = logging.getLogger("access")
Answer = Callable[[HttpRequest], HttpResponseBase]


class AccessLogMiddleware:
    """Give the request a reference, and log how it was answered.

    Outermost, so that requests refused by other middleware are logged too. ACCESS_LOG=0 turns the
    lines off.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        context = RequestContext(secrets.token_hex(6), client_address(request))
        with answering(context):
            response = self.get_response(request)
            if response.status_code >= 500:
                response.headers["X-Request-ID"] = context.reference
            if settings.ACCESS_LOG and not _is_served_file(request, response):
                _write(request, response, context.address, time.perf_counter() - began)
        return response


def _is_served_file(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Return whether the request got one of a page's twenty static files."""
    return request.path.startswith(settings.STATIC_URL) and response.status_code < 400


def _write(request: HttpRequest, response: HttpResponseBase, address: str, seconds: float) -> None:
    """Log the line. The path is logged as it was sent, without what searches are for."""
    length = response.headers.get("Content-Length", "-")
    told = (address or "-", request.method, request.path, response.status_code, length)
    log.info("%s %s %s %s %s %.0fms", *told, seconds * 1000)
