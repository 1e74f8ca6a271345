"""Generates a demo library of any size, for trials and measurements: always the same
for one size.

Rows come from the test factories, built and stored in bulk. Proportions are as in real libraries: a
few tags and one or two speakers for each talk, some words and tags very frequent and most of them
rare, a recap for every fifth talk.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any
from uuid import uuid4

from django.db import connection
from django.db.models import Model

from accounts.factories import UserFactory
from accounts.models import User
from conferences.factories import ConferenceFactory, SeriesFactory
from conferences.models import Conference, Series
from foundation.text.markdown import RENDERER_VERSION, read_markdown
from foundation.text.names import initial_letter, name_key, sort_key
from recaps.factories import RecapFactory
from search.rebuild import rebuild_at_once, search_paused
from speakers.factories import SpeakerFactory
from talks.factories import TalkFactory
from talks.models import Tag, Talk

BATCH_SIZE = 20_000
TALKS_PER_CONFERENCE, CONFERENCES_PER_SERIES = 40, 10
TALKS_PER_SPEAKER, TALKS_PER_RECAP = 3, 5
MOST_TAGS = 3_000
FIRST_DAY = dt.date(2006, 3, 1)
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmn" for vowel in "aeio"]
_COPY = """
    INSERT INTO {table} ({columns}) SELECT {same}, changing.*
    FROM unnest({arrays}) AS changing RETURNING id
"""
# Rows of numbers, of which there are most: arrays are ten times as quick as model objects.
_CREDITS = """
    INSERT INTO talks_talkspeaker (talk_id, speaker_id, position, role, credited_as)
    SELECT talk, speaker, position, 'speaker', ''
    FROM unnest(%s::bigint[], %s::bigint[], %s::int[]) AS credit (talk, speaker, position)
"""
_TAGGED = """
    INSERT INTO talks_taggedtalk (content_object_id, tag_id, sort_date)
    SELECT talk.id, tagged.tag, talk.sort_date
    FROM unnest(%s::bigint[], %s::bigint[]) AS tagged (talk, tag)
    JOIN talks_talk AS talk ON talk.id = tagged.talk
"""
_RECORDINGS = """
    INSERT INTO talks_recording (
        talk_id, provider, url, video_id, language, offset_seconds, position
    )
    SELECT talk, 'youtube', 'https://www.youtube.com/watch?v=demo' || talk, 'demo' || talk, '', 0, 0
    FROM unnest(%s::bigint[]) AS talk
"""


@dataclass(frozen=True)
class Demo:
    """The numbers of generated rows."""

    talks: int
    recaps: int
    speakers: int
    conferences: int


class Words:
    """Made-up words, the first ones frequent and the last ones rare, and sentences of them."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._words = ["".join(chance.choices(_SYLLABLES, k=4)) for _ in range(8_000)]
        weights = list(accumulate(1 / (place + 12) for place in range(len(self._words))))
        lines = (chance.choices(self._words, cum_weights=weights, k=12) for _ in range(4_000))
        self.sentences = [" ".join(line).capitalize() + "." for line in lines]

    def text(self, sentences: int) -> str:
        """Return some sentences."""
        return " ".join(self._chance.choices(self.sentences, k=sentences))

    def topics(self, number: int) -> list[str]:
        """Return the first words, each once, as tags: tags are frequent words."""
        return list(dict.fromkeys(self._words))[:number]

    def title(self) -> str:
        """Return a few words."""
        return " ".join(self._chance.choice(self.sentences)[:-1].split()[:5])


def make_demo(talks: int) -> Demo:
    """Add so many talks, with all that belongs to them, to the library, and rebuild search.

    All in one transaction, and search in another.
    """
    chance = random.Random(2017)  # noqa: S311 -- the same library every time
    with search_paused():
        made = _make(talks, chance, Words(chance), start=Talk.objects.count())
    rebuild_at_once()
    return made


def _make(talks: int, chance: random.Random, words: Words, *, start: int) -> Demo:
    mark = f"demo-{start}"
    conferences = _conferences(talks, words, mark)
    speakers = _copies(
        SpeakerFactory.build(),
        ("name", "key", "slug", "sort_key", "letter"),
        _speakers(talks, words, mark),
    )
    tags = Tag.objects.resolve(words.topics(min(MOST_TAGS, max(5, talks // 8)))).tags()
    days = [_day(n, conferences) for n in range(talks)]
    made = _copies(
        TalkFactory.build(conference=conferences[0]),
        ("conference", "title", "slug", "given_on", "language", "abstract"),
        _talks(days, conferences, chance, words),
    )
    _link(_CREDITS, _credits(made, speakers, chance))
    _link(_TAGGED, _tagged(made, tags, chance))
    _link(_RECORDINGS, ((talk,) for n, talk in enumerate(made) if n % 3))
    told = list(zip(made, days, strict=True))[::TALKS_PER_RECAP]
    authors = [_author(n, mark) for n in range(5)]
    recaps = _copies(
        RecapFactory.build(
            talk_id=made[0],
            talk=None,
            author=authors[0],
            title="",
            renderer_version=RENDERER_VERSION,
        ),
        ("uid", "talk", "author", "slug", "body", "body_html", "published_at"),
        _recaps(told, authors, chance, words, mark),
    )
    return Demo(len(made), len(recaps), len(speakers), len(conferences))


def _conferences(talks: int, words: Words, mark: str) -> list[Conference]:
    number = max(1, talks // TALKS_PER_CONFERENCE)
    series = _stored(
        Series,
        (
            SeriesFactory.build(title=f"{words.title()} days", slug=f"{mark}-series-{n}")
            for n in range(max(1, number // CONFERENCES_PER_SERIES))
        ),
    )
    return _stored(Conference, (_conference(n, series, mark, number) for n in range(number)))


def _conference(n: int, series: list[Series], mark: str, number: int) -> Conference:
    start = FIRST_DAY + dt.timedelta(days=n * 7_000 // number)
    of = series[n % len(series)]
    made: Conference = ConferenceFactory.build(
        series=of,
        title=f"{of.title} {start.year}"[:300],
        slug=f"{mark}-{n}",
        starts_on=start,
        ends_on=start + dt.timedelta(days=2),
    )
    return made


def _speakers(talks: int, words: Words, mark: str) -> Iterator[tuple[str, ...]]:
    for n in range(max(1, talks // TALKS_PER_SPEAKER)):
        name = " ".join([*words.title().split()[:2], str(n)]).title()
        yield name, name_key(name), f"{mark}-{n}", sort_key(name), initial_letter(name)


def _day(n: int, conferences: list[Conference]) -> dt.date:
    start = conferences[n % len(conferences)].starts_on or FIRST_DAY
    return start + dt.timedelta(days=n % 3)


def _talks(
    days: list[dt.date], conferences: list[Conference], chance: random.Random, words: Words
) -> Iterator[tuple[Any, ...]]:
    for n, day in enumerate(days):
        language = chance.choices(["en", "de", "es", "ja"], cum_weights=[90, 95, 99, 100])[0]
        conference = conferences[n % len(conferences)].pk
        yield conference, words.title(), f"talk-{n}", day, language, words.text(5)


def _credits(
    talks: list[int], speakers: list[int], chance: random.Random
) -> Iterator[tuple[int, ...]]:
    for talk in talks:
        people = set(chance.choices(speakers, k=chance.choice([1, 1, 1, 2])))
        for position, key in enumerate(people):
            yield talk, key, position


def _tagged(talks: list[int], tags: list[Tag], chance: random.Random) -> Iterator[tuple[int, ...]]:
    keys = [tag.pk for tag in tags]
    weights = list(accumulate(1 / (place + 5) for place in range(len(keys))))
    for talk in talks:
        for key in set(chance.choices(keys, cum_weights=weights, k=4)):
            yield talk, key


def _link(statement: str, rows: Iterator[tuple[int, ...]]) -> None:
    for batch in _batches(rows):
        with connection.cursor() as cursor:
            cursor.execute(statement, [list(column) for column in zip(*batch, strict=True)])


def _recaps(
    talks: list[tuple[int, dt.date]],
    authors: list[User],
    chance: random.Random,
    words: Words,
    mark: str,
) -> Iterator[tuple[Any, ...]]:
    texts = [words.text(12) for _ in range(200)]
    pages = [(text, read_markdown(text, name="demo").html()) for text in texts]
    for n, (talk, day) in enumerate(talks):
        body, html = chance.choice(pages)
        evening = dt.datetime.combine(day, dt.time(18), dt.UTC)
        published_at = evening + dt.timedelta(days=chance.randrange(20))
        author = authors[n % len(authors)].pk
        yield uuid4(), talk, author, f"{mark}-{n}", body, html, published_at


def _author(n: int, mark: str) -> User:
    name = f"{mark}-author-{n}"
    made: User = UserFactory.create(username=name, public_name=f"Author {n}", slug=name)
    return made


def _stored(model: type[Any], rows: Iterator[Any]) -> list[Any]:
    """Store the rows in bulk and return them with their ids."""
    kept: list[Any] = []
    for batch in _batches(rows):
        kept += model._default_manager.bulk_create(batch)
    return kept


def _copies(
    prototype: Model, varying: tuple[str, ...], rows: Iterator[tuple[Any, ...]]
) -> list[int]:
    """Store copies of a row that differ in some fields, and return their ids in the order given.

    Ten times as fast as one object per row: the database gets one array per field.
    """
    fields = [
        field
        for field in prototype._meta.concrete_fields
        if not (field.generated or field.primary_key or field.has_db_default())
    ]
    changing = [field for name in varying for field in fields if field.name == name]
    same = [field for field in fields if field not in changing]
    values = [
        field.get_db_prep_save(getattr(prototype, field.attname), connection) for field in same
    ]
    types = {field: field.db_type(connection) for field in fields}
    statement = _COPY.format(
        table=prototype._meta.db_table,
        columns=", ".join(str(field.column) for field in [*same, *changing]),
        same=", ".join(f"%s::{types[field]}" for field in same),
        arrays=", ".join(f"%s::{types[field]}[]" for field in changing),
    )
    ids: list[int] = []
    for batch in _batches(rows):
        with connection.cursor() as cursor:
            cursor.execute(statement, [*values, *map(list, zip(*batch, strict=True))])
            ids += [pk for (pk,) in cursor.fetchall()]
    return ids


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, BATCH_SIZE)):
        yield batch
