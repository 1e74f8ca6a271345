"""Adding one tag to 10,000 talks: `add_tags`, beside a loop of `talk.tags.add(tag)`.

`add_tags` also writes the history of each talk, which the loop does not. Each runs once, on
talks without tags, on a scratch database; the history's rows and the loop's are written anew for
every run. Both run as they do in a page, where nothing else is in their transaction.
"""

import statistics
import time
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.factories import UserFactory
from benchmarks.scratch import scratch_database
from conferences.factories import ConferenceFactory
from talks.factories import TagFactory
from talks.models import TaggedTalk, Talk
from talks.tagging import add_tags

TALKS = 10_000
RUNS = 5


def main() -> None:
    """Print seconds, queries and the ratio."""
    with scratch_database():
        fill()
        tag, curator = TagFactory(name="async"), UserFactory()

        def loop() -> None:
            for talk in Talk.objects.all():
                talk.tags.add(tag)

        def verb() -> None:
            add_tags(Talk.objects.all(), [tag], by=curator)

        good = statistics.median(seconds(verb) for _ in range(RUNS))
        naive = seconds(loop)
        print(f"{'':>28}  {'seconds':>8}  {'queries':>8}")
        print(f"{'loop of talk.tags.add(tag)':>28}  {naive:>8.2f}  {queries(loop):>8,}")
        print(f"{'add_tags(talks, [tag])':>28}  {good:>8.2f}  {queries(verb):>8,}")
        print(f"{TALKS:,} talks: {naive / good:.0f} times faster", flush=True)


def fill() -> None:
    """Make the talks."""
    conference = ConferenceFactory()
    Talk.objects.bulk_create(
        [Talk(conference=conference, title=f"Talk {n}", slug=f"talk-{n}") for n in range(TALKS)]
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) talks_talk")


def seconds(run: Callable[[], None]) -> float:
    """Return how long it takes to tag all talks, none of which has the tag."""
    TaggedTalk.objects.all().delete()
    started = time.perf_counter()
    run()
    taken = time.perf_counter() - started
    if TaggedTalk.objects.count() != TALKS:
        raise AssertionError("not every talk was tagged")
    return taken


def queries(run: Callable[[], None]) -> int:
    """Return how many statements it sends, counted apart so as not to slow it down."""
    TaggedTalk.objects.all().delete()
    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)
