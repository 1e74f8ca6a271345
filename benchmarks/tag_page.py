"""One topic's page: a tag on 5 % of all talks, beside the same questions asked of the talks.

At 100,000 and at 1,000,000 talks over twenty years, one in twelve with a recap, on a scratch
database. Milliseconds are medians of several runs from Python, warm. The naive way is what
stock models would ask: the talks joined with their tags, ordered and grouped by their own day.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import ExtractYear

from accounts.factories import UserFactory
from benchmarks.scratch import scratch_database
from conferences.factories import ConferenceFactory
from recaps.models import Recap
from talks.factories import TagFactory
from talks.models import Tag, Talk
from talks.overview import overview_of_topic

SIZES = (100_000, 1_000_000)
RUNS = 7
PAGE = 50
_TALKS = """
    INSERT INTO talks_talk (conference_id, title, slug, kind, given_on, room, track, language,
        abstract, abstract_format, speakers_note, licence, is_cancelled, do_not_record, announced)
    SELECT %(conference)s, 'Talk ' || n, 'talk-' || n, 'talk',
        date '2005-01-01' + (n::bigint * 48271 %% 7300)::int, '', '', 'en',
        repeat('What was announced of it. ', 40), 'plain', '', '', false, false, '{}'
    FROM generate_series(%(first)s, %(last)s) AS n
"""
_SPEAKERS = """
    INSERT INTO speakers_speaker (name, key, slug, sort_key, letter, website, bio)
    SELECT 'Speaker ' || n, 'speaker ' || n, 'speaker-' || n, 'speaker ' || n, 'S', '', ''
    FROM generate_series(1, 20000) AS n
"""
_CREDITS = """
    INSERT INTO talks_talkspeaker (talk_id, speaker_id, position, role, credited_as)
    SELECT talk.id, speaker.low + talk.id * 7919 %% 20000, 0, 'speaker', ''
    FROM talks_talk AS talk, (SELECT min(id) AS low FROM speakers_speaker) AS speaker
    WHERE NOT EXISTS (SELECT 1 FROM talks_talkspeaker WHERE talk_id = talk.id)
"""
# Every twentieth talk has the topic, a third of those the second one, every one a rare tag.
_TAGS = """
    INSERT INTO talks_taggedtalk (tag_id, content_object_id)
    SELECT %(topic)s, id FROM talks_talk WHERE id %% 20 = 0
    UNION ALL SELECT %(beside)s, id FROM talks_talk WHERE id %% 30 = 0
    UNION ALL SELECT %(rare)s + id * 31 %% 2000, id FROM talks_talk
    ON CONFLICT DO NOTHING
"""
_RECAPS = """
    INSERT INTO recaps_recap (uid, talk_id, author_id, title, slug, summary, body, body_html,
        renderer_version, language, verdict, presence, version, status, published_at, updated_at)
    SELECT gen_random_uuid(), id, %(author)s, 'Recap ' || id, 'bench-' || id, '', 'Text.',
        repeat('<p>What was said.</p>', 40), 1, '', '', '', 1,
        CASE WHEN id %% 7 = 0 THEN 'draft' ELSE 'published' END,
        given_on + interval '20 days', now()
    FROM talks_talk WHERE id %% 12 < 1 ON CONFLICT DO NOTHING
"""


def main() -> None:
    """Print milliseconds at each size."""
    with scratch_database():
        rows = {"conference": ConferenceFactory().pk, "author": UserFactory().pk}
        topic, beside = TagFactory(name="topic"), TagFactory(name="beside")
        rare, *_others = [TagFactory(name=f"rare {n}") for n in range(2_000)]
        rows |= {"topic": topic.pk, "beside": beside.pk, "rare": rare.pk}
        _execute(_SPEAKERS)
        filled = 0
        print(f"{'talks':>10}  {'':<28}{'good':>10}{'naive':>11}")
        for size in SIZES:
            fill(**rows, first=filled + 1, last=size)
            filled = size
            compare(size, topic, beside)


def fill(**values: int) -> None:
    """Add talks up to the size, with what belongs to them."""
    for statement in (_TALKS, _CREDITS, _TAGS, _RECAPS):
        _execute(statement, values)
    _execute("VACUUM (ANALYZE)")


def compare(size: int, topic: Tag, beside: Tag) -> None:
    """Print a line for each question that the page asks."""
    naive = Talk.objects.filter(tagged__tag=topic)
    recaps = Recap.objects.published()
    either = recaps.filter(
        Q(pk__in=topic.tagged_recaps.values("content_object"))
        | Q(talk__in=topic.tagged_talks.values("content_object"))
    )
    years = naive.order_by().values(year=ExtractYear("given_on")).annotate(number=Count("pk"))
    pairs: list[tuple[str, Callable[[], object], Callable[[], object] | None]] = [
        ("first page of 50", lambda: page([topic]), lambda: list(naive.newest_first()[:PAGE])),
        ("a page in the middle", lambda: page([topic], skip_to="2012-06-01"), None),
        ("talks per year", lambda: per_year(topic), lambda: list(years.all())),
        ("years, people, topics, recaps", lambda: overview_of_topic([topic]), None),
        (
            "newest recaps",
            lambda: list(recaps.newest_of_topic([topic], most=6)),
            lambda: list(either.newest_first()[:6]),
        ),
        ("two topics: first page", lambda: page([topic, beside]), None),
        ("two topics: the years", lambda: overview_of_topic([topic, beside]), None),
    ]
    for name, good, other in pairs:
        told = f"{median_ms(other):>8.1f} ms" if other else ""
        print(f"{size:>10,}  {name:<30}{median_ms(good):>7.1f} ms{told}", flush=True)


def page(topic: list[Tag], skip_to: str = "2100-01-01") -> list[Talk]:
    """Return a page as the list shows it: the newest before the day."""
    talks: Any = Talk.objects.of_topic(topic)
    talks = talks.filter(topic_day__lt=skip_to)
    return list(talks.order_by("-topic_day", "-topic_talk")[:PAGE])


def per_year(topic: Tag) -> list[object]:
    """Return the years of the topic with their numbers of talks."""
    return list(topic.tagged_talks.order_by().values("year").annotate(number=Count("*")))


def median_ms(run: Callable[[], object]) -> float:
    """Return the median milliseconds of several runs, after one that warms up."""
    run()
    return 1000 * statistics.median(_seconds(run) for _ in range(RUNS))


def _seconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def _execute(statement: str, values: dict[str, int] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(statement, values)
