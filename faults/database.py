"""A PostgreSQL cluster that belongs to nobody, and what may be done to it."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import sql

from operations.embedded_postgres.cluster import SUPERUSER, Cluster
from operations.embedded_postgres.processes import postgres_in

# The site's role is no superuser: it may not use the connections that are kept for one.
ROLE, NAME, EMPTY = "notes", "notes", "notes_empty"
FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT  # as `pg_ctl stop --mode` sends them
PATIENCE = 90


def wait_until(condition: Callable[[], object], *, what: str, seconds: float = PATIENCE) -> None:
    """Wait for a condition; raises TimeoutError that says what did not come about."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Not within {seconds} s: {what}")
        time.sleep(0.02)


class Database:
    """The cluster of one site; its databases belong to the site's role."""

    def __init__(self, folder: Path) -> None:
        self.cluster = Cluster(folder / "pg")

    def make(self) -> None:
        """Start the server, with the role and its first database, which is empty."""
        self.cluster.ensure_running()
        self.ask(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(ROLE)), name="postgres")
        self.make_database(EMPTY, template="template1")

    def make_database(self, name: str, *, template: str = EMPTY) -> None:
        """Make a database as a copy; nobody may be connected to what is copied."""
        statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
        words = [sql.Identifier(word) for word in (name, ROLE, template)]
        self.ask(statement.format(*words), name="postgres")

    def url(self, name: str = NAME) -> str:
        """Return what DATABASE_URL says."""
        host = str(self.cluster.directory).replace("/", "%2F")
        return f"postgres://{ROLE}@{host}:5432/{name}"

    def connected(self, *, user: str = SUPERUSER, name: str = NAME) -> Any:
        """Return a connection of our own, which commits each statement."""
        host = str(self.cluster.directory)
        connection = psycopg2.connect(host=host, port=5432, user=user, dbname=name)
        connection.autocommit = True
        return connection

    def ask(self, statement: Any, *values: Any, name: str = NAME) -> list[tuple]:
        """Run a statement as the superuser and return its rows."""
        with closing(self.connected(name=name)) as connection, connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def value(self, statement: str, *values: Any, name: str = NAME) -> Any:
        """Return the one value that a statement asks for."""
        return self.ask(statement, *values, name=name)[0][0]

    # What is done to the server

    def start(self) -> None:
        """Start it, through the recovery from a crash where that is needed."""
        self.cluster.ensure_running()

    def end(self, how: int) -> None:
        """Send the server a signal and wait until it is gone."""
        if pid := self.cluster.postmaster():
            os.kill(pid, how)
            wait_until(lambda: self.cluster.postmaster() is None, what="PostgreSQL ended")

    def freeze(self) -> None:
        """Stop all of its processes in the middle of what they do."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let them go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        for pid in postgres_in(os.path.realpath(self.cluster.directory)):
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def set(self, name: str, value: str) -> None:
        """Change a setting of the whole server, at once and for every connection."""
        words = sql.Identifier(name), sql.Literal(value)
        self.ask(sql.SQL("ALTER SYSTEM SET {} = {}").format(*words))
        self.ask("SELECT pg_reload_conf()")
        wait_until(lambda: self.value(f"SHOW {name}") == value, what=f"{name} is {value}")

    def take_all_connections(self) -> list[Any]:
        """Take every connection that is to be had, those of the site too; return them."""
        taken: list[Any] = []
        for _ in range(3):
            with suppress(psycopg2.OperationalError):
                while True:
                    taken.append(self.connected(user=ROLE))
            own = [connection.info.backend_pid for connection in taken]
            self.ask(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = %s AND NOT pid = ANY(%s)",
                ROLE,
                own,
            )
        return taken

    @contextmanager
    def held(self, statement: str) -> Iterator[None]:
        """Hold what a statement locks for as long as the block runs."""
        with closing(self.connected()) as connection:
            connection.autocommit = False
            connection.cursor().execute(statement)
            yield

    def wait_for_waiting(self, *, count: int = 1) -> None:
        """Wait until so many of the site's statements wait for a lock."""
        waiting = (
            "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND wait_event_type = 'Lock'"
        )
        wait_until(lambda: self.value(waiting, ROLE) >= count, what="a statement that waits")

    def wait_for_writing(self, name: str) -> None:
        """Wait until a transaction has written something in a database and is not over."""
        writing = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = %s AND backend_xid IS NOT NULL"
        )
        wait_until(lambda: self.value(writing, name, ROLE), what="a transaction that writes")

    def wait_for_quiet(self, name: str) -> None:
        """Wait until nobody is in the middle of a transaction in a database."""
        busy = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = %s AND xact_start IS NOT NULL"
        )
        wait_until(lambda: not self.value(busy, name, ROLE), what="no transaction is open")
