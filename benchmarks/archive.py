"""The monthly archive with its partial index, beside the same query without it.

At 100,000 and at 1,000,000 recaps, on a scratch database. Each figure is the median of several
runs of the whole query from Python, warm.
"""

import statistics
import time
from collections.abc import Callable

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.factories import UserFactory
from benchmarks.scratch import scratch_database
from recaps.archive import RECAPS
from talks.factories import TalkFactory

SIZES = (100_000, 1_000_000)
RUNS = 7
_FILL = """
    INSERT INTO recaps_recap (uid, talk_id, author_id, title, slug, summary, body, body_html,
        renderer_version, language, verdict, presence, version, status, published_at, updated_at)
    SELECT gen_random_uuid(), %(talk)s, %(author)s, 'Recap ' || n, 'bench-' || n, '', 'Text.',
        repeat('<p>What was said.</p>', 20), 1, '', '', '', 1,
        CASE WHEN n %% 10 = 0 THEN 'draft' ELSE 'published' END,
        timestamptz '2008-01-01' + n * interval '9 minutes', now()
    FROM generate_series(%(first)s, %(rows)s) AS n
"""


def main() -> None:
    """Print milliseconds at each size."""
    with scratch_database():
        talk, author = TalkFactory(), UserFactory()
        filled = 0
        print(f"{'recaps':>10}  {'with index':>11}  {'without':>9}  {'ratio':>6}  pages read")
        for size in SIZES:
            fill(talk=talk.pk, author=author.pk, first=filled + 1, rows=size)
            filled = size
            compare(size)


def fill(**values: int) -> None:
    """Add recaps up to the size: one every nine minutes for up to 17 years, one in ten a draft."""
    with connection.cursor() as cursor:
        cursor.execute(_FILL, values)
        cursor.execute("VACUUM (ANALYZE) recaps_recap")


def compare(size: int) -> None:
    """Time the archive as it is, and inside a transaction that drops the index and rolls back."""
    good, good_buffers = median_ms(RECAPS.years), buffers()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX recap_published_newest")
        naive, naive_buffers = median_ms(RECAPS.years), buffers()
        transaction.set_rollback(True)
    print(
        f"{size:>10,}  {good:>8.1f} ms  {naive:>6.1f} ms  {naive / good:>5.1f}x"
        f"  {good_buffers:,} / {naive_buffers:,}",
        flush=True,
    )


def median_ms(run: Callable[[], object]) -> float:
    """Return the median milliseconds of several runs, after one that warms up."""
    run()
    return 1000 * statistics.median(_seconds(run) for _ in range(RUNS))


def _seconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def buffers() -> int:
    """Return how many 8 KB pages the archive's own query touches."""
    with CaptureQueriesContext(connection) as asked:
        RECAPS.years()
    query = asked.captured_queries[0]["sql"]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {query}")
        plan = cursor.fetchone()[0][0]["Plan"]
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
