"""The database is away, full, locked, read-only or silent while people read and save."""

import contextlib
import signal
from typing import Any

from faults.client import Client
from faults.database import FAST, IMMEDIATE
from faults.fault import DuringTraffic, Outcome
from faults.site import Site
from faults.traffic import ADD
from foundation.database.limits import LOCK, SECONDS_TO_CONNECT, SILENCE

DESK, TALKS = "/admin/", "/admin/talks/talk/"


class DatabaseAway(DuringTraffic):
    """The server is stopped in order, and comes back."""

    number, name = "F4", "database stopped"
    how: int = FAST
    lasts, page_within = 60, 1

    def bring_about(self, site: Site) -> None:
        site.database.end(self.how)

    def lift(self, site: Site) -> None:
        site.database.start()

    def look(self, site: Site, outcome: Outcome) -> None:
        _expect_not_ready(site, outcome)


class DatabaseStoppedAtOnce(DatabaseAway):
    """The server ends as in a power cut, and recovers."""

    number, name = "F3", "database stopped at once (immediate)"
    how = IMMEDIATE
    lasts = 4

    def bring_about(self, site: Site) -> None:
        for setting in ("fsync", "synchronous_commit"):
            if site.database.value(f"SHOW {setting}") != "on":
                raise RuntimeError(f"{setting} is off: saves may be lost.")
        super().bring_about(site)


class DatabaseKilled(DatabaseStoppedAtOnce):
    """The server's first process is killed."""

    name = "database killed (kill -9)"
    how = signal.SIGKILL


class DatabaseFrozen(DuringTraffic):
    """All processes of the server stand still, and go on: connections are open, and silent."""

    number, name = "F4", "database frozen (SIGSTOP)"
    # It takes two silences to know it: of the connection, and of a new one.
    page_within = SILENCE + SECONDS_TO_CONNECT + 1

    def bring_about(self, site: Site) -> None:
        site.database.freeze()

    def lift(self, site: Site) -> None:
        site.database.thaw()

    def look(self, site: Site, outcome: Outcome) -> None:
        _expect_not_ready(site, outcome)


class NoConnections(DuringTraffic):
    """Others hold all connections that the site's role may have."""

    number, name = "F5", "connections exhausted"
    page_within = 1

    def __init__(self) -> None:
        self._taken: list[Any] = []

    def bring_about(self, site: Site) -> None:
        self._taken = site.database.take_all_connections()

    def lift(self, site: Site) -> None:
        for connection in self._taken:
            connection.close()

    def look(self, site: Site, outcome: Outcome) -> None:
        _expect_not_ready(site, outcome)
        # Raises where it is not: these connections are the operator's.
        site.database.value("SELECT 1")


class LongLock(DuringTraffic):
    """Somebody holds a lock on recaps that lets others read and nobody write."""

    number, name = "F6", "table locked against writing"
    statement = "LOCK TABLE recaps_recap IN SHARE ROW EXCLUSIVE MODE"
    readers_meet = {200}
    readers_may = {200}
    lasts, page_within, save_within = 60, 2.0, LOCK / 1000 + 1

    def __init__(self) -> None:
        self._held = contextlib.ExitStack()

    def bring_about(self, site: Site) -> None:
        self._held.enter_context(site.database.held(self.statement))

    def lift(self, site: Site) -> None:
        self._held.close()


class WholeLock(LongLock):
    """Somebody holds a lock on recaps that lets nobody read either."""

    name = "table locked against reading too"
    statement = "LOCK TABLE recaps_recap IN ACCESS EXCLUSIVE MODE"
    readers_meet = {503}
    readers_may = {200, 503}
    lasts, page_within = 4, LOCK / 1000 + 1


class ReadOnly(DuringTraffic):
    """The server only lets people read, as a standby does."""

    number, name = "F16", "database read-only"
    readers_meet = {200}
    readers_may = {200}
    page_within = 2

    def bring_about(self, site: Site) -> None:
        site.database.set("default_transaction_read_only", "on")

    def look(self, site: Site, outcome: Outcome) -> None:
        """Whoever is logged in reads the admin; a login says why it cannot be."""
        for page in (DESK, TALKS, ADD):
            outcome.expect_equal(page, site.person().get(page).status, 200)
        answer = Client(site.port).send_login("ada", site.password)
        outcome.expect_equal("a login", answer.status, 503)
        outcome.expect("can only be read" in answer.text, "a refused login does not say why")
        outcome.expect("Retry-After" in answer.headers, "a login is refused without Retry-After")

    def lift(self, site: Site) -> None:
        # By a connection that may write all the same.
        connection = site.database.connected()
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")
            cursor.execute("ALTER SYSTEM RESET default_transaction_read_only")
            cursor.execute("SELECT pg_reload_conf()")


def _expect_not_ready(site: Site, outcome: Outcome) -> None:
    client = Client(site.port)
    outcome.expect_equal("/health/", client.get("/health/").status, 200)
    outcome.expect_equal("/health/ready/", client.get("/health/ready/").status, 503)
