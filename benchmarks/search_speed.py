"""The first page of a search with its facets, and what keeping search right adds to writes.

`TALKS=1000000 make bench ONLY=search_speed` for another size than 100,000 talks. Milliseconds,
without the template: finding, counting facets, loading and marking the page's results.
"""

import os
import statistics
import time
from collections.abc import Callable
from functools import partial

from django.db import connection, transaction
from django.test import RequestFactory

from benchmarks.scratch import scratch_database
from exchange.demo import make_demo
from search.facet_counts import facets_of
from search.forms import SearchForm
from search.limits import TooComplicatedError, TooSlowError, search_limits
from search.results import find, hits_of
from speakers.models import Speaker
from talks.models import Tag, Talk
from talks.tagging.verbs import add_tags

RUNS = 15
TAGGED = 10_000


def main() -> None:
    """Print a line for each kind of search and of write."""
    talks = int(os.environ.get("TALKS", "100000"))
    with scratch_database():
        started = time.perf_counter()
        make_demo(talks)
        print(f"seed_demo --talks {talks}: {time.perf_counter() - started:.0f} s")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        print(f"{'':<28}{'found':>9}{'p50 ms':>9}{'p95 ms':>9}")
        for name, address in searches().items():
            report(name, address)
        measure_tagging()


def searches() -> dict[str, str]:
    """Return addresses of searches that differ in what they cost."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM search_searchword ORDER BY documents DESC LIMIT 3")
        common, second, third = (row[0] for row in cursor.fetchall())
    # Speakers of the demo are numbered: each number is in the name of one.
    rare = Speaker.objects.order_by("pk")[500].name.split()[-1]
    tag = Tag.objects.most_used()[0]
    phrase = "+".join(Talk.objects.order_by("pk")[0].title.lower().split()[:2])
    return {
        "a rare word": f"q={rare}",
        "the commonest word": f"q={common}",
        "two common words": f"q={second}+{third}",
        "a phrase": f"q=%22{phrase}%22",
        "the commonest tag's name": f"q={tag.name}",
        "that and a common word": f"q={tag.name}+{second}",
        "without the commonest tag": f"q={second}&no-tag={tag.slug}",
        "that tag and its name": f"q={tag.name}&tag={tag.slug}",
        "no words, two filters": f"kind=talk&tag={tag.slug}&year=2015",
        "a common word, two filters": f"q={common}&kind=talk&year=2015",
        "a common word left out": f"q=-{common}",
    }


def report(name: str, address: str) -> None:
    """Print what one search finds and how long it takes."""
    request = RequestFactory().get(f"/search/?{address}")
    search = SearchForm(request.GET).search
    found = ""

    def run() -> None:
        nonlocal found
        with search_limits():
            all_found = find(search, request)
            hits_of(all_found)
            facets_of(all_found)
        found = f"{all_found.number}{'' if all_found.is_exact else '+'}"

    try:
        run()
        taken = sorted(seconds(run) * 1000 for _ in range(RUNS))
    except (TooComplicatedError, TooSlowError):
        print(f"{name:<28}{'cut off':>9}")
        return
    middle, late = statistics.median(taken), taken[int(RUNS * 0.95)]
    print(f"{name:<28}{found:>9}{middle:>9.0f}{late:>9.0f}", flush=True)


def measure_tagging() -> None:
    """Print how long tagging takes with search and without."""
    talks = Talk.objects.filter(pk__in=Talk.objects.order_by("pk").values("pk")[:TAGGED])
    for name, mode in {"with search": "", "without": "paused"}.items():
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('notes.search', %s, true)", [mode])
            tag = Tag.objects.create(name=f"bench {name}", slug=f"bench-{name[:4]}")
            took = seconds(partial(add_tags, talks, [tag], by=None))
            transaction.set_rollback(True)
        print(f"tagging {TAGGED} talks, {name:<14}{took:>9.2f} s", flush=True)


def seconds(run: Callable[[], object]) -> float:
    """Return how long it takes."""
    started = time.perf_counter()
    run()
    return time.perf_counter() - started
