"""What happens to a filled database of long ago on its way to today's tables."""

import secrets
import subprocess
from contextlib import closing

from faults.database import EMPTY, Database, wait_until
from faults.fault import Effort, Fault, Outcome
from faults.old_library import TABLES, make_old_library
from faults.prober import Prober, prober
from faults.site import Site

# Two seconds behind a migration that waits itself, and what it does then on a busy machine.
LONGEST_WAIT = 5.0
_AT_AN_INDEX = """
    SELECT pid FROM pg_stat_activity WHERE datname = %s AND wait_event = 'virtualxid'
        AND query LIKE 'CREATE INDEX CONCURRENTLY%%'
"""
_DIGEST = """
    SELECT count(*) || md5(string_agg(coalesce({column}::text, '-'), ',' ORDER BY id)) FROM {table}
"""
_COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = %s ORDER BY 1
"""
# What a database has beside its rows, and whether each is whole.
_SHAPE = """
    SELECT indexrelid::regclass::text, indisvalid FROM pg_index
    JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = 'public'::regnamespace
    UNION SELECT conrelid::regclass || ': ' || conname, convalidated
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION SELECT tgrelid::regclass || ': ' || tgname, tgenabled = 'O'
    FROM pg_trigger WHERE NOT tgisinternal
"""


class MigrationsKilled(Fault):
    """Migrations are killed at an index and between two tables, and are run again to their end.

    Everybody reads and writes meanwhile. Afterwards no row is another one than before, and the
    tables are those of a database that was never old.
    """

    number, name = "F15", "migrations of an old database killed"

    def run(self, site: Site, effort: Effort) -> Outcome:
        outcome, name = Outcome(), f"old_{secrets.token_hex(8)}"
        make_old_library(site, name, talks=site.database.value("SELECT count(*) FROM talks_talk"))
        columns = {table: _columns(site.database, name, table) for table in TABLES}
        before = _rows(site.database, name, columns)
        with prober(site.database, name, TABLES) as probing:
            _kill_at_an_index(site, name)
            outcome.expect(_half(site.database, name), "no index was left half made")
            _kill_on_the_way(site, name)
            _run_to_the_end(site, name, outcome)
        self._judge(probing, outcome)
        changed = [
            f"{table}.{column}"
            for (table, column), rows in _rows(site.database, name, columns).items()
            if rows != before[table, column]
        ]
        outcome.expect_equal("columns whose rows are others now", changed, [])
        odd = set(site.database.ask(_SHAPE, name=name)) ^ set(site.database.ask(_SHAPE, name=EMPTY))
        outcome.expect_equal("indexes, checks and triggers unlike a new database's", odd, set())
        return outcome

    def _judge(self, probing: Prober, outcome: Outcome) -> None:
        """Note for how long people waited, and what they were refused."""
        longest = {verb: probing.longest(verb) for verb in ("read", "write")}
        outcome.readers, outcome.writers = (
            f"at most {seconds:.1f} s of waiting" for seconds in longest.values()
        )
        for verb, wait in longest.items():
            outcome.expect(wait <= LONGEST_WAIT, f"one waited {wait:.1f} s to {verb}")
        # Who waits for a migration that waits for them is told so, and may try again.
        refused = [said for said in probing.errors if "deadlock detected" not in said]
        outcome.expect_equal("what was refused", refused, [])


def _kill_at_an_index(site: Site, name: str) -> None:
    """Kill them while they make an index that waits for somebody's transaction."""
    with closing(site.database.connected(name=name)) as somebody:
        somebody.cursor().execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1")
        run = _begin(site, name)
        wait_until(
            lambda: run.poll() is not None or site.database.ask(_AT_AN_INDEX, name, name=name),
            what="an index that is being made",
        )
        _kill(run)
        # Its session in the server would end with the client, once it has something to say.
        for (pid,) in site.database.ask(_AT_AN_INDEX, name, name=name):
            site.database.ask("SELECT pg_terminate_backend(%s, 10000)", pid, name=name)


def _kill_on_the_way(site: Site, name: str) -> None:
    """Kill them when they have done twenty more."""
    count = "SELECT count(*) FROM django_migrations"
    done = site.database.value(count, name=name)
    run = _begin(site, name)
    wait_until(
        lambda: run.poll() is not None or site.database.value(count, name=name) >= done + 20,
        what="twenty migrations more",
    )
    _kill(run)


def _begin(site: Site, name: str) -> subprocess.Popen:
    return site.begin("manage.py", "migrate", "--verbosity=0", name=name)


def _kill(run: subprocess.Popen) -> None:
    """Kill it; raises RuntimeError where it has ended by itself."""
    if run.poll() is not None:
        raise RuntimeError(f"migrate ended with {run.returncode}: {run.communicate()[0]}")
    run.kill()
    run.communicate()


def _run_to_the_end(site: Site, name: str, outcome: Outcome) -> None:
    """Run them until they are done; they may give up a lock that another one has."""
    for _ in range(5):
        status, said = site.manage("migrate", "--verbosity=0", name=name)
        if status == 0:
            return
        outcome.expect("waited 2 s for a table" in said, f"migrate said {said.strip()!r}")
    outcome.wrong.append("migrate gave up five times")


def _half(database: Database, name: str) -> bool:
    return bool(database.ask("SELECT 1 FROM pg_index WHERE NOT indisvalid", name=name))


def _columns(database: Database, name: str, table: str) -> list[str]:
    return [column for (column,) in database.ask(_COLUMNS, table, name=name)]


def _rows(
    database: Database, name: str, columns: dict[str, list[str]]
) -> dict[tuple[str, str], str]:
    """Return a digest of each column that is still there, in the order of the rows' ids."""
    found = {}
    for table, old in columns.items():
        for column in sorted({*old} & {*_columns(database, name, table)}):
            digest = _DIGEST.format(table=table, column=column)
            found[table, column] = database.value(digest, name=name)
    return found
