"""Classifies database errors: temporary ones are answered with 503, and the client may retry.

Views, middleware, the admin, search and feeds do not catch such an error; it reaches
`error_pages.server_error`, which answers 503. Codes: PostgreSQL's manual, appendix A.
"""

from typing import Any

import psycopg2
from django.db import InterfaceError, OperationalError

_READ_ONLY = "25006"
# It was not to be had in time; each waited for the other.
_LOCK_MISSED = {"55P03", "40P01"}
_OF_CONNECTIONS = ("08", "57P")
# Connections; resources (connections, memory, disk); operator (shutdown, cancel, not up yet);
# the machine below it.
_PASSING_CLASSES = ("08", "53", "57", "58")
_PASSING = {
    _READ_ONLY,
    "25P03",  # a transaction was idle for too long
    "25P04",  # a transaction took too long
    "40001",  # could not be put in a row with others
    "55006",  # in use
    *_LOCK_MISSED,
}
_UNREACHED = (
    OperationalError,
    InterfaceError,
    psycopg2.OperationalError,
    psycopg2.InterfaceError,
)


def is_temporary(error: BaseException | None) -> bool:
    """Return whether the error is temporary: server unreachable, read-only, full, locked, shutting
    down.

    Errors raised *from* such an error count too: Django raises its own from psycopg2's, and a
    broken transaction raises from what broke it. An error of the statement itself does not count:
    it would fail again.
    """
    return any(_passes(each) for each in _chain(error))


def is_read_only(error: BaseException | None) -> bool:
    """Return whether the database refused a write because it is read-only."""
    return any(_code(each) == _READ_ONLY for each in _chain(error))


def is_lock_missed(error: BaseException) -> bool:
    """Return whether the statement was cancelled because it did not get a lock in time."""
    return _code(error) in _LOCK_MISSED


def is_connection_lost(error: BaseException) -> bool:
    """Return whether the connection failed: the statement may succeed on a new one."""
    code = _code(error)
    return code.startswith(_OF_CONNECTIONS) if code else isinstance(error, _UNREACHED)


def _chain(error: BaseException | None) -> list[BaseException]:
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__
    return chain


def _passes(error: BaseException) -> bool:
    code = _code(error)
    if code:
        return code in _PASSING or code.startswith(_PASSING_CLASSES)
    # Without a code no server has spoken: it was not reached, or is there no more.
    return isinstance(error, _UNREACHED)


def _code(error: BaseException) -> str:
    """Return the SQLSTATE of a Django or psycopg2 error; '' where it has none."""
    told: Any = error if isinstance(error, psycopg2.Error) else error.__cause__
    return getattr(told, "pgcode", None) or ""
