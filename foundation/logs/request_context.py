"""The request that this thread is answering: its reference and client address, for log lines."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class RequestContext:
    """What log lines say about a request; empty strings outside of requests."""

    reference: str = ""
    address: str = ""


_CURRENT: ContextVar[RequestContext] = ContextVar("request_context")
_NONE = RequestContext()


def request_context() -> RequestContext:
    """Return the context of the request that is being answered."""
    return _CURRENT.get(_NONE)


@contextmanager
def answering(context: RequestContext) -> Iterator[None]:
    """Set the context within the block, so that log lines name this request."""
    token = _CURRENT.set(context)
    try:
        yield
    finally:
        _CURRENT.reset(token)
