"""Adding one tag to 10,000 talks: `add_tags`, beside a loop of `talk.tags.add(tag)`.

Twice: the tags alone, and as the admin does it, with who added each tag and a history entry for
each talk. On a scratch database, each time on talks without tags; the loops run once, `add_tags`
several times (median).
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import connection

from accounts.factories import UserFactory
from benchmarks.scratch import scratch_database
from conferences.factories import ConferenceFactory
from talks.factories import TagFactory
from talks.models import TaggedTalk, Talk
from talks.tagging.verbs import add_tags

TALKS = 10_000
RUNS = 5


def main() -> None:
    """Print seconds, queries and ratios."""
    with scratch_database():
        fill()
        tag, curator = TagFactory(name="async"), UserFactory()

        def loop() -> None:
            for talk in Talk.objects.all():
                talk.tags.add(tag)

        def loop_with_history() -> None:
            for talk in Talk.objects.all():
                talk.tags.add(tag, through_defaults={"added_by": curator})
                LogEntry.objects.log_actions(curator.pk, [talk], CHANGE, f"Added {tag}.")

        print(f"{'':<42}{'seconds':>8}{'queries':>9}{'ratio':>7}")
        compare("", loop, lambda: add_tags(Talk.objects.all(), [tag], by=None))
        compare(
            ", with history",
            loop_with_history,
            lambda: add_tags(Talk.objects.all(), [tag], by=curator),
        )


def compare(name: str, loop: Callable[[], None], verb: Callable[[], object]) -> None:
    """Time both, and print a line for each."""
    naive, naive_queries = measured(loop, runs=1)
    good, good_queries = measured(verb, runs=RUNS)
    report(f"loop of talk.tags.add(tag){name}", naive, naive_queries, 1)
    report(f"add_tags{name}", good, good_queries, naive / good)


def report(name: str, seconds: float, queries: int, ratio: float) -> None:
    """Print one line."""
    print(f"{name:<42}{seconds:>8.2f}{queries:>9,}{ratio:>6.0f}x", flush=True)


def fill() -> None:
    """Make the talks."""
    conference = ConferenceFactory()
    Talk.objects.bulk_create(
        [Talk(conference=conference, title=f"Talk {n}", slug=f"talk-{n}") for n in range(TALKS)]
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) talks_talk")


def measured(run: Callable[[], Any], *, runs: int) -> tuple[float, int]:
    """Return the median seconds, and the statements sent, of tagging talks without tags."""
    counter = Counter()
    taken = []
    for _ in range(runs):
        TaggedTalk.objects.all().delete()
        with connection.execute_wrapper(counter):
            started = time.perf_counter()
            run()
            taken.append(time.perf_counter() - started)
        if TaggedTalk.objects.count() != TALKS:
            raise AssertionError("not every talk was tagged")
    return statistics.median(taken), counter.statements // runs


class Counter:
    """Counts statements on their way to the database."""

    statements = 0

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self.statements += 1
        return execute(*statement)
