"""Answers monitors on this machine, whatever public address the site has."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase

from operations.health import health, health_ready

Answer = Callable[[HttpRequest], HttpResponseBase]
_VIEWS = {"/health/": health, "/health/ready/": health_ready}
_LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


class LoopbackHealthMiddleware:
    """Answer health questions that name the machine itself as their host.

    A probe asks the server directly, by a host that a public site does not answer under.
    Everything else goes on, to the same views by way of the addresses.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        view = _VIEWS.get(request.path_info)
        host, _port = split_domain_port(request.META.get("HTTP_HOST", ""))
        if view is None or host not in _LOOPBACK:
            return self.get_response(request)
        return view(request)
