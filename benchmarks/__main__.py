"""`make bench [ONLY=name …]`: run the benchmarks one after the other."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notes_site.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from benchmarks import (
    archive,
    bulk_tagging,
    markdown,
    pages,
    pyvideo_import,
    search_quality,
    search_speed,
    tag_page,
)

BENCHMARKS = {
    "archive": archive,
    "bulk_tagging": bulk_tagging,
    "markdown": markdown,
    "pages": pages,
    "pyvideo_import": pyvideo_import,
    "search_quality": search_quality,
    "search_speed": search_speed,
    "tag_page": tag_page,
}


def main(names: list[str]) -> None:
    """Run the named benchmarks, or all."""
    unknown = set(names) - set(BENCHMARKS)
    if unknown:
        raise SystemExit(f"No such benchmark: {', '.join(unknown)}. Known: {', '.join(BENCHMARKS)}")
    for name in names or BENCHMARKS:
        print(f"\n== {name}: {(BENCHMARKS[name].__doc__ or '').splitlines()[0]}", flush=True)
        BENCHMARKS[name].main()


main(sys.argv[1:])
