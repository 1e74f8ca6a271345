"""A cached page: headers and compressed body."""

import json
from dataclasses import dataclass
from gzip import compress, decompress

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip

# Shorter ones are not worth compressing (Django's own measure).
_SHORT = 200
# These are said anew for each answer.
_OF_ONE_ANSWER = {"content-encoding", "content-length"}


@dataclass(frozen=True)
class KeptPage:
    """A page's headers, except those about its encoding, and its body, compressed or not."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    compressed: bool

    @property
    def etag(self) -> str:
        """The ETag it was sent with; '' if it had none."""
        return dict(self.headers).get("ETag", "")

    @property
    def size(self) -> int:
        """About how many bytes it takes in memory."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers) + 500

    def answer_to(self, request: HttpRequest) -> HttpResponse:
        """Return the page in the encoding that the request accepts."""
        compressed = self.compressed and accepts_gzip(request)
        body = decompress(self.body) if self.compressed and not compressed else self.body
        headers = dict(self.headers) | {"Content-Length": str(len(body))}
        if compressed:
            headers["Content-Encoding"] = "gzip"
        return HttpResponse(body, headers=headers)

    def as_bytes(self) -> bytes:
        """Return the page serialised, for Redis."""
        head = json.dumps([self.headers, self.compressed]).encode()
        return head + b"\n" + self.body

    @classmethod
    def from_bytes(cls, stored: bytes) -> "KeptPage":
        """Return the page from its serialised form. Raises ValueError or TypeError for
        other bytes.
        """
        head, _newline, body = stored.partition(b"\n")
        headers, compressed = json.loads(head)
        return cls(tuple((name, value) for name, value in headers), body, bool(compressed))


def accepts_gzip(request: HttpRequest) -> bool:
    """Return whether the answer may be compressed, as `GZipMiddleware` does."""
    return bool(re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))


def kept_page(response: HttpResponse) -> KeptPage:
    """Return a finished response as a cached page, compressed if it is not yet."""
    body = response.content
    compressed = response.headers.get("Content-Encoding") == "gzip"
    if not compressed and len(body) >= _SHORT:
        body, compressed = compress(body), True
    headers = response.headers.items()
    kept = tuple(header for header in headers if header[0].lower() not in _OF_ONE_ANSWER)
    return KeptPage(kept, body, compressed)
