"""Which request this thread is answering: its reference, and where it came from. For log lines."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class RequestContext:
    """What log lines say of a request; empty texts outside of any."""

    reference: str = ""
    address: str = ""


_CURRENT: ContextVar[RequestContext] = ContextVar("request_context")
_NONE = RequestContext()


def request_context() -> RequestContext:
    """Return the context of the request that is being answered."""
    return _CURRENT.get(_NONE)


@contextmanager
def answering(context: RequestContext) -> Iterator[None]:
    """Have log lines name this request until it is answered."""
    token = _CURRENT.set(context)
    try:
        yield
    finally:
        _CURRENT.reset(token)
