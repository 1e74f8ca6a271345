"""How long readers and writers wait while a large library is migrated from its first tables.

MIGRATION_TALKS talks (100,000) with their tags, speakers and recaps. Each large table has a reader
and a writer; how long locks kept them waiting is printed by migration.
"""

import os
import tempfile
import time
from collections import defaultdict
from datetime import datetime
from pathlib import Path

from faults.database import Database
from faults.old_library import make_old_library
from faults.prober import Prober, prober
from faults.site import Site

TALKS = int(os.environ.get("MIGRATION_TALKS", "100000"))
BAR = 2.0
SHOWN = 0.1
NAME = "old"
PROBED = (
    *("talks_talk", "talks_taggedtalk", "talks_talkspeaker", "talks_recording"),
    *("talks_oldtalkslug", "speakers_speaker", "speakers_speakeralias", "recaps_recap"),
)


def main() -> None:
    """Fill the first tables, migrate while others read and write, and print the longest waits."""
    with tempfile.TemporaryDirectory(prefix="locks-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the database server's account must reach it
        site = Site(folder, folder / "static")
        site.database.make()
        try:
            make_old_library(site, NAME, talks=TALKS)
            _migrate(site)
        finally:
            site.database.cluster.stop()


def _migrate(site: Site) -> None:
    begun = time.monotonic()
    with prober(site.database, NAME, PROBED) as probing:
        runs = 1
        while (ran := site.manage("migrate", "--verbosity=0", name=NAME))[0]:
            print(ran[1].strip().splitlines()[-1])
            runs += 1
    seconds = time.monotonic() - begun
    print(f"{TALKS:,} talks: {seconds:.0f} s of migrations, {runs} runs of `migrate`,")
    print(f"{probing.rows:,} rows read and written meanwhile, {len(probing.errors)} in vain.")
    _tell(site.database, probing)


def _tell(database: Database, probing: Prober) -> None:
    """Print the longest wait for each table in each migration; the bar is for all of them."""
    longest: dict[tuple[str, str], float] = defaultdict(float)
    applied = database.ask(
        "SELECT app || '.' || name, applied FROM django_migrations ORDER BY id", name=NAME
    )
    for wait in probing.waits:
        if wait.seconds >= SHOWN:
            key = _at(applied, wait.moment), wait.what
            longest[key] = max(longest[key], wait.seconds)
    for (migration, what), seconds in sorted(longest.items(), key=lambda each: -each[1]):
        mark = "  above the bar" if seconds > BAR else ""
        print(f"  {seconds:6.2f} s  {migration:45} {what}{mark}")
    for verb in ("read", "write"):
        print(f"longest wait to {verb}: {probing.longest(verb):.2f} s (bar: {BAR} s)")


def _at(applied: list[tuple[str, datetime]], moment: datetime) -> str:
    """Return the migration that had just been applied, or was, at a moment."""
    return next((name for name, when in applied if when >= moment), "after the last one")
