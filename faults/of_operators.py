"""What an operator, or a disk, may do wrong: it is said in one sentence, or found by a check."""

import secrets
import signal
from typing import ClassVar

from faults.client import Client
from faults.database import EMPTY
from faults.fault import Effort, Fault, Outcome
from faults.site import GUNICORN, Site, free_port

# In a session in which no trigger follows.
_UNWATCHED = "SET session_replication_role = replica; "


class WrongStarts(Fault):
    """The server is started with what it cannot serve with: it says so and ends with status 3."""

    number, name = "F28", "wrong settings at start"
    starts: ClassVar[dict[str, dict[str, str]]] = {
        "DEBUG": {"DEBUG": "maybe"},
        "DEBUG='1'": {"DEBUG": "1", "SITE_URL": "https://notes.example"},
        "SECRET_KEY": {"SECRET_KEY": ""},
        "SECRET_KEY='…'": {"SECRET_KEY": "short"},
        "DATABASE_URL": {"DATABASE_URL": "mysql://u:p@h/n"},
        "MEDIA_ROOT": {"MEDIA_ROOT": "/dev/null/media"},
        "STATIC_ROOT": {"STATIC_ROOT": "/dev/null/static"},
    }

    def run(self, site: Site, effort: Effort) -> Outcome:
        outcome = Outcome()
        begun = {
            word: site.begin(*GUNICORN, **{"PORT": str(free_port()), **variables})
            for word, variables in self.starts.items()
        }
        unmigrated = self._unmigrated(site)
        begun["lacks"] = site.begin(*GUNICORN, name=unmigrated, PORT=str(free_port()))
        for word, server in begun.items():
            said, _nothing = server.communicate(timeout=120)
            lines = [line for line in said.splitlines() if "Starting gunicorn" not in line]
            outcome.expect_equal(f"exit status for {word}", server.returncode, 3)
            outcome.expect(len(lines) == 1 and word in lines[0], f"for {word} it said {said!r}")
        outcome.writers = f"{len(begun)} x refused"
        return outcome

    def _unmigrated(self, site: Site) -> str:
        """Return a database that lacks a migration, as new code finds an old one."""
        name = f"old_{secrets.token_hex(8)}"
        site.database.make_database(name, template=EMPTY)
        site.database.ask(
            "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations)",
            name=name,
        )
        return name


class StartedWithoutDatabase(Fault):
    """The server is started while the database is away, and serves once that is back."""

    number, name = "F28", "started while the database is away"

    def run(self, site: Site, effort: Effort) -> Outcome:
        outcome, reader = Outcome(), Client(site.port)
        site.stop()
        site.database.end(signal.SIGINT)
        site.start()
        outcome.expect_equal("a page", reader.get("/").status, 503)
        site.database.start()
        outcome.expect_equal("a page afterwards", reader.get("/").status, 200)
        outcome.readers = "503, then 200"
        return outcome


class DerivedAltered(Fault):
    """What the site keeps beside its sources is altered: a check finds each, and mends it."""

    number, name = "F25", "derived data altered"
    alterations: ClassVar[dict[str, str]] = {
        "recaps as rendered": "UPDATE recaps_recap SET body_html = '' WHERE slug = 'orchard'",
        "the day beside each tag": "UPDATE talks_taggedtalk SET sort_date = '1999-01-01'"
        " WHERE id = (SELECT min(id) FROM talks_taggedtalk)",
        "keys, sort keys": "UPDATE speakers_speaker SET sort_key = 'zzz'"
        " WHERE id = (SELECT min(id) FROM speakers_speaker)",
        "counts": "UPDATE counts_keptcount SET number = number + 1"
        " WHERE id = (SELECT min(id) FROM counts_keptcount)",
        "search documents": "DELETE FROM search_searchdocument"
        " WHERE id = (SELECT min(id) FROM search_searchdocument)",
        "words for right spellings": "DELETE FROM search_searchword",
    }

    def run(self, site: Site, effort: Effort) -> Outcome:
        outcome = Outcome()
        for statement in self.alterations.values():
            site.database.ask(_UNWATCHED + statement)
        status, said = site.manage("check_kept")
        outcome.expect_equal("exit status of the check", status, 1)
        for what in self.alterations:
            outcome.expect(f"Wrong: {what}" in said, f"not found: {what}")
        site.manage("check_kept", "--mend")
        status, said = site.manage("check_kept")
        outcome.expect_equal(f"exit status after mending ({said.strip()})", status, 0)
        outcome.readers = told_page = f"{Client(site.port).get('/recaps/orchard/').status}"
        outcome.expect_equal("a page", told_page, "200")
        return outcome


class NothingHalf(Fault):
    """After all that was done to the site, all that is kept is what it is made from."""

    number, name = "all", "nothing half done is left"

    def run(self, site: Site, effort: Effort) -> Outcome:
        outcome = Outcome()
        status, said = site.manage("check_kept")
        outcome.expect_equal(f"exit status of the check ({said.strip()})", status, 0)
        without = (
            "SELECT count(*) FROM recaps_recap AS recap WHERE title LIKE 'kept-%' AND NOT EXISTS"
            " (SELECT FROM recaps_recapversion WHERE recap_id = recap.id)"
        )
        outcome.expect_equal("recaps without a version", site.database.value(without), 0)
        answer = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
        outcome.expect_equal("transactions left open", site.database.value(answer), 0)
        return outcome
