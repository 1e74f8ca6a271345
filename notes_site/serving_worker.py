"""gunicorn's worker, whose own refusals carry the headers of every answer.

A request that gunicorn cannot read (400, 414, 417, 431, 501) never reaches the site.
"""

from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from notes_site.headers import ON_EVERY_ANSWER

_HEADERS = {
    **ON_EVERY_ANSWER,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}


class HeaderedWorker(ThreadWorker):
    """A worker with threads that puts the headers on what it answers by itself."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        super().handle_error(req, HeaderedSocket(client), addr, exc)


class HeaderedSocket:
    """A socket that writes the headers below the first line of the answer it is given."""

    def __init__(self, client: Any):
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def sendall(self, answer: bytes) -> None:
        """Send a whole answer."""
        first, end, rest = answer.partition(b"\r\n")
        lines = "".join(f"{name}: {value}\r\n" for name, value in _HEADERS.items())
        self._client.sendall(first + end + lines.encode() + rest)
