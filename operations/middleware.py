"""Answers health checks on this machine, whatever public host the site has."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase

from operations.health import health, health_ready

Answer = Callable[[HttpRequest], HttpResponseBase]
_VIEWS = {"/health/": health, "/health/ready/": health_ready}
_LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


class LoopbackHealthMiddleware:
    """Answer health checks whose Host is this machine.

    A probe calls the server directly, with a Host that a public site refuses. All other requests go
    on to the same views through the URLconf.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        view = _VIEWS.get(request.path_info)
        host, _port = split_domain_port(request.META.get("HTTP_HOST", ""))
        if view is None or host not in _LOOPBACK:
            return self.get_response(request)
        return view(request)
