"""`make bench [ONLY=name …]`: run the benchmarks one after the other; `make lighthouse`."""

import os
import signal
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notes_site.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from benchmarks import (
    abuse,
    archive,
    bulk_tagging,
    lighthouse,
    markdown,
    migration_locks,
    pages,
    pyvideo_import,
    search_quality,
    search_speed,
    tag_page,
)

BENCHMARKS = {
    "abuse": abuse,
    "archive": archive,
    "bulk_tagging": bulk_tagging,
    "markdown": markdown,
    "pages": pages,
    "pyvideo_import": pyvideo_import,
    "search_quality": search_quality,
    "search_speed": search_speed,
    "tag_page": tag_page,
}
# Those that need more than Python, or many minutes, are run by name only.
BY_NAME = {"lighthouse": lighthouse, "migration_locks": migration_locks}


def main(names: list[str]) -> None:
    """Run the named benchmarks, or all but those of BY_NAME."""
    known = BENCHMARKS | BY_NAME
    unknown = set(names) - set(known)
    if unknown:
        raise SystemExit(f"No such benchmark: {', '.join(unknown)}. Known: {', '.join(known)}")
    for name in names or BENCHMARKS:
        print(f"\n== {name}: {(known[name].__doc__ or '').splitlines()[0]}", flush=True)
        known[name].main()


def end_in_order(signum: int, _frame: object) -> None:
    """Let servers and databases be ended by the blocks that started them."""
    raise SystemExit(128 + signum)


signal.signal(signal.SIGTERM, end_in_order)
main(sys.argv[1:])
