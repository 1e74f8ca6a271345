"""Time limits of a request's database work: for a statement, for a lock, and for any
answer at all.

Set where the site is served (`wsgi.py`), not for commands, which may run longer. Functions with
long transactions raise the server's limits for those.

The server's limits do not help where the server itself hangs or the network is silent. So the
client does not wait blindly: after a while without an answer it opens a second connection. A server
that accepts it is busy and follows its own limits; a server that does not is down, and new
connections in the next moments fail at once instead of waiting too.
"""

import select
import time
from typing import Any

import psycopg2
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg2 import extensions

# Milliseconds.
STATEMENT, LOCK, IDLE_IN_TRANSACTION = 5_000, 2_000, 30_000
# Seconds.
SILENCE, SECONDS_TO_CONNECT, SECONDS_LEFT_ALONE = 3.0, 3.0, 2.0

_EVENTS = {extensions.POLL_READ: select.POLLIN, extensions.POLL_WRITE: select.POLLOUT}


class SilentServerError(psycopg2.OperationalError):
    """The server does not answer."""


class _Silence:
    """Until when this process does not try to reach the server, by its monotonic clock."""

    until = 0.0


def limit_database() -> None:
    """Set the limits for every connection that this process opens from now on."""
    options = settings.DATABASES[DEFAULT_DB_ALIAS].setdefault("OPTIONS", {})
    options["options"] = (
        f"-c statement_timeout={STATEMENT} -c lock_timeout={LOCK}"
        f" -c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION}"
    )
    extensions.set_wait_callback(wait)


def wait(waiting: Any) -> None:
    """Wait for a connection's answer; psycopg2's wait callback.

    Raises SilentServerError, upon which psycopg2 closes the connection.
    """
    is_new = waiting.status == extensions.STATUS_SETUP
    if is_new and time.monotonic() < _Silence.until:
        raise SilentServerError("The database did not answer a moment ago.")
    while (state := waiting.poll()) != extensions.POLL_OK:
        if _is_ready(waiting, state, SILENCE):
            continue
        if is_new or not is_answering():
            _Silence.until = time.monotonic() + SECONDS_LEFT_ALONE
            raise SilentServerError("The database does not answer.")


def is_answering() -> bool:
    """Return whether the server answers a new connection in time, if only by refusing it."""
    settings_of_site = connections[DEFAULT_DB_ALIAS].get_connection_params()
    parameters = {
        name: value
        for name, value in settings_of_site.items()
        if name in ("dbname", "user", "password", "host", "port") or name.startswith("ssl")
    }
    deadline = time.monotonic() + SECONDS_TO_CONNECT
    try:
        fresh = psycopg2.connect(**parameters, async_=True)
        try:
            return _comes_to_an_end(fresh, deadline)
        finally:
            fresh.close()
    except psycopg2.Error as error:
        # Whoever refuses is there; who cannot be reached is not.
        return "FATAL" in str(error)


def _comes_to_an_end(fresh: Any, deadline: float) -> bool:
    while (state := fresh.poll()) != extensions.POLL_OK:
        if not _is_ready(fresh, state, deadline - time.monotonic()):
            return False
    return True


def _is_ready(connection: Any, state: int, seconds: float) -> bool:
    """Wait until a connection can continue; False on timeout."""
    poll = select.poll()
    poll.register(connection.fileno(), _EVENTS[state])
    return bool(poll.poll(max(0, seconds) * 1000))
