"""gunicorn worker that adds the security headers to gunicorn's own error responses.

A request that gunicorn cannot read (400, 414, 417, 431, 501) never reaches the site. gunicorn
limits the size and number of headers; this worker limits their total size, as nginx does.
"""

import sys
from typing import Any

from gunicorn.http.errors import LimitRequestHeaders
from gunicorn.workers.gthread import ThreadWorker

from foundation.pages.csp import ON_EVERY_ANSWER

# Bytes of the first line and all headers: nginx's `large_client_header_buffers 4 8k`.
HEAD_LIMIT = 32_768
# Seconds for which one thread computes while others want to. Python's own is 5 ms, which a page
# would wait several times while another thread renders a long text (ADR 39).
SWITCH_INTERVAL = 0.0005
_HEADERS = {
    **ON_EVERY_ANSWER,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}


class HeaderedWorker(ThreadWorker):
    """Threaded worker that adds the headers to its own responses."""

    def init_process(self) -> None:
        sys.setswitchinterval(SWITCH_INTERVAL)
        super().init_process()

    def handle_request(self, req: Any, conn: Any) -> Any:
        if head_length(req) > HEAD_LIMIT:
            raise LimitRequestHeaders("all headers together")
        return super().handle_request(req, conn)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        super().handle_error(req, HeaderedSocket(client), addr, exc)


def head_length(req: Any) -> int:
    """Return the size in bytes of a request's first line and headers, with colons and line ends."""
    first = len(f"{req.method} {req.uri} HTTP/1.1\r\n")
    return first + sum(len(name) + len(value) + len(": \r\n") for name, value in req.headers)


class HeaderedSocket:
    """Socket wrapper that inserts the headers after the status line of a response."""

    def __init__(self, client: Any):
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def sendall(self, answer: bytes) -> None:
        """Send a whole response."""
        first, end, rest = answer.partition(b"\r\n")
        lines = "".join(f"{name}: {value}\r\n" for name, value in _HEADERS.items())
        self._client.sendall(first + end + lines.encode() + rest)
