"""Readers and writers of a database's tables, and how long locks kept them waiting."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime

import psycopg2

from faults.database import Database

PAUSE = 0.05
# What they do; `write` leaves a row as it is.
_STATEMENTS = {
    "read": "SELECT * FROM {table} WHERE id = %s",
    "write": "UPDATE {table} SET id = id WHERE id = %s",
}
_WAITING = """
    SELECT clock_timestamp(), extract(epoch FROM clock_timestamp() - waitstart), application_name
    FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE NOT granted AND application_name LIKE 'to % in turn'
"""


@dataclass(frozen=True)
class Wait:
    """That somebody waited for a lock at a moment, and for how long by then."""

    moment: datetime
    seconds: float
    what: str


class Prober:
    """Reads, or writes, one row of a table after the other, until it is over."""

    def __init__(self, database: Database, name: str) -> None:
        self._database, self._name = database, name
        self._is_over = threading.Event()
        self.rows = 0
        self.waits: list[Wait] = []
        self.errors: list[str] = []

    def longest(self, verb: str) -> float:
        """Return for how many seconds one waited at most who reads, or who writes."""
        return max((each.seconds for each in self.waits if verb in each.what), default=0)

    def go_on(self, verb: str, table: str) -> None:
        """Read or write one row after the other."""
        statement = _STATEMENTS[verb].format(table=table)
        with closing(self._database.connected(name=self._name)) as connection:
            cursor = connection.cursor()
            cursor.execute("SET application_name = %s", [f"to {verb} {table} in turn"])
            cursor.execute(f"SELECT max(id) FROM {table}")  # noqa: S608 -- a name of ours
            (last,) = cursor.fetchone()
            while not self._is_over.wait(PAUSE):
                try:
                    cursor.execute(statement, [random.randint(1, last)])  # noqa: S311
                except psycopg2.Error as error:
                    self.errors.append(f"{verb} {table}: {str(error).strip()}")
                self.rows += 1

    def watch(self) -> None:
        """Note who waits for a lock."""
        with closing(self._database.connected(name=self._name)) as connection:
            cursor = connection.cursor()
            while not self._is_over.wait(PAUSE / 2):
                cursor.execute(_WAITING)
                for moment, seconds, what in cursor.fetchall():
                    self.waits.append(Wait(moment, float(seconds or 0), what))

    def end(self) -> None:
        """Let everybody end with the row they are at."""
        self._is_over.set()


@contextmanager
def prober(database: Database, name: str, tables: tuple[str, ...]) -> Iterator[Prober]:
    """Let one read and one write each of the tables for as long as the block runs."""
    probing = Prober(database, name)
    pairs = [(verb, table) for table in tables for verb in _STATEMENTS]
    work: list[tuple[Callable, tuple]] = [(probing.watch, ()), *((probing.go_on, p) for p in pairs)]
    threads = [threading.Thread(target=each, args=told, daemon=True) for each, told in work]
    for thread in threads:
        thread.start()
    try:
        yield probing
    finally:
        probing.end()
        for thread in threads:
            thread.join()
