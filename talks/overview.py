"""Statistics of a tag or a speaker over the years, in one query.

Counts per year are exact. Speakers, places and tags are counted among the newest talks only, so
that the page of a tag costs the same for a hundred talks and for a hundred thousand.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    CharField,
    Count,
    DateField,
    F,
    IntegerField,
    Max,
    Min,
    QuerySet,
    Value,
    Window,
)
from django.db.models.functions import Cast, ExtractYear, RowNumber
from django.urls import reverse

from conferences.models import Conference
from foundation.models.relations import rows_behind
from foundation.pages.charts import YearChart, YearTally, chart_of
from foundation.text.bounds import is_within
from speakers.models import Speaker
from talks.models import Tag, TaggedTalk, Talk, TalkSpeaker

# Among how many of the newest talks speakers, tags and places are counted.
NEWEST = 500
# What the pages are called that names lead to, by the part of the answer.
_PAGES = {"speakers": "speaker", "tags": "tag", "series": "series", "editions": "conference"}
# How many speakers, tags and places are named.
MOST_NAMED = 12
# How many tags stand for what a conference was about.
MOST_TOPICS = 5
_COLUMNS = ("part", "in_year", "named", "address", "number", "first", "last")
_EMPTY = {
    "in_year": Cast(Value(None), IntegerField()),
    "named": Cast(Value(""), CharField()),
    "address": Cast(Value(""), CharField()),
    "number": Count("*"),
    "first": Cast(Value(None), DateField()),
    "last": Cast(Value(None), DateField()),
}


@dataclass(frozen=True)
class Named:
    """A speaker, conference or tag, and its number of the talks."""

    name: str
    slug: str
    number: int
    url_name: str

    def get_absolute_url(self) -> str:
        return reverse(self.url_name, args=[self.slug])


@dataclass(frozen=True)
class Overview:
    """Statistics of a tag or a speaker. Where days matter, only dated talks count."""

    talk_count: int
    recap_count: int
    # None where there are more talks than are looked at.
    conference_count: int | None
    first_day: dt.date | None
    last_day: dt.date | None
    chart: YearChart | None
    speakers: list[Named]
    tags: list[Named]
    places: list[Named]

    @property
    def is_of_newest(self) -> bool:
        """Whether speakers, tags and places were counted among the newest talks only."""
        return self.talk_count > NEWEST


def overview_of_topic(tags: Sequence[Tag]) -> Overview:
    """Return the statistics of the talks that have all of the tags. One query.

    A published recap counts in its year of publication: about a talk with the tags, or about a
    conference with the tags of its own.
    """
    tagged = TaggedTalk.objects.of_topic(tags)
    newest = tagged.newest_talks(NEWEST)
    recaps = rows_behind(Tag, "recap_topics")
    others = TaggedTalk.objects.filter(content_object__in=newest).exclude(tag__in=list(tags))
    return _read(
        _per_year(tagged, F("year")),
        _recaps_per_year(recaps.published().of_topic(tags)),
        _conferences(newest),
        _named("speakers", TalkSpeaker.objects.filter(talk__in=newest), "speaker", "name"),
        _named("tags", others, "tag", "name"),
    )


def overview_of_speaker(speaker: Speaker) -> Overview:
    """Return the statistics of one speaker's talks. One query.

    Recaps of these talks count in their year of publication.
    """
    talks = Talk.objects.sound().by_speaker(speaker)
    newest = talks.newest_first().values("pk")[:NEWEST]
    at = Talk.objects.filter(pk__in=newest)
    lone = at.filter(conference__series__isnull=True)
    recaps = rows_behind(Talk, "recaps")
    return _read(
        _per_year(talks, _year_of("sort_date")),
        _recaps_per_year(recaps.published().by_speaker(speaker)),
        _conferences(newest),
        _named("tags", TaggedTalk.objects.filter(content_object__in=newest), "tag", "name"),
        _named(
            "series", at.filter(conference__series__isnull=False), "conference__series", "title"
        ),
        _named("editions", lone, "conference", "title"),
    )


def topics_of(conferences: Iterable[Conference]) -> dict[int, list[Named]]:
    """Return the main tags of each conference, by its id: those that most of its talks have.

    One query. At most `MOST_TOPICS` for each, the most used first.
    """
    at = F("content_object__conference")
    place = Window(RowNumber(), partition_by=[at], order_by=[F("number").desc(), "tag__name"])
    counted = (
        TaggedTalk.objects.filter(content_object__conference__in=conferences)
        .order_by()
        .values_list(at, "tag__name", "tag__slug")
        .annotate(number=Count("*"))
        .annotate(place=place)
        .filter(place__lte=MOST_TOPICS)
        .order_by("place")
    )
    topics: dict[int, list[Named]] = {}
    for conference, name, slug, number, _place in counted:
        topics.setdefault(conference, []).append(Named(name, slug, number, "tag"))
    return topics


def _per_year(rows: QuerySet[Any], year: Any) -> QuerySet[Any]:
    return _part("talks", rows, in_year=year, first=Min("sort_date"), last=Max("sort_date"))


def _recaps_per_year(recaps: QuerySet[Any]) -> QuerySet[Any]:
    return _part("recaps", recaps, in_year=_year_of("published_at"))


def _year_of(column: str) -> Cast:
    return Cast(ExtractYear(column), IntegerField())


def _conferences(newest: QuerySet[Any]) -> QuerySet[Any]:
    talks = Talk.objects.filter(pk__in=newest)
    return _part("conferences", talks, number=Count("conference", distinct=True))


def _named(part: str, rows: QuerySet[Any], whose: str, name: str) -> QuerySet[Any]:
    """Return the most frequent names among the rows, by number and then by name."""
    named = _part(part, rows, named=F(f"{whose}__{name}"), address=F(f"{whose}__slug"))
    return named.order_by("-number", "named", "address")[:MOST_NAMED]


def _part(part: str, rows: QuerySet[Any], **columns: Any) -> QuerySet[Any]:
    """Return the rows counted by year, or by name and slug, with the columns of `_COLUMNS`."""
    filled = {**_EMPTY, **columns}
    by = {name: filled[name] for name in ("in_year", "named", "address")}
    counts = {name: filled[name] for name in ("number", "first", "last")}
    grouped = rows.order_by().values(part=Value(part), **by)
    return grouped.annotate(**counts).values_list(*_COLUMNS)


def _read(*parts: QuerySet[Any]) -> Overview:
    first, *others = parts
    found: dict[str, list[Any]] = {}
    for row in first.union(*others, all=True).values_list(*_COLUMNS, named=True):
        found.setdefault(row.part, []).append(row)
    talks, recaps = found.get("talks", []), found.get("recaps", [])
    dated = [row for row in talks if is_within(row.last)]
    talk_count = sum(row.number for row in talks)
    conference_count = sum(row.number for row in found.get("conferences", []))
    return Overview(
        talk_count=talk_count,
        recap_count=sum(row.number for row in recaps),
        conference_count=conference_count if talk_count <= NEWEST else None,
        first_day=min((row.first for row in dated), default=None),
        last_day=max((row.last for row in dated), default=None),
        chart=chart_of(_tallies(dated, recaps)),
        speakers=_names(found, "speakers"),
        tags=_names(found, "tags"),
        places=_names(found, "series", "editions"),
    )


def _tallies(talks: list[Any], recaps: list[Any]) -> Iterator[YearTally]:
    talk_counts, recap_counts = Counter[int](), Counter[int]()
    for row in talks:
        talk_counts[row.in_year] += row.number
    for row in recaps:
        recap_counts[row.in_year] += row.number
    for year in talk_counts.keys() | recap_counts.keys():
        yield YearTally(year, talk_counts[year], recap_counts[year])


def _names(found: dict[str, list[Any]], *parts: str) -> list[Named]:
    """Return the most frequent names of these parts; as many as for one part at most."""
    named = [
        Named(row.named, row.address, row.number, _PAGES[part])
        for part in parts
        for row in found.get(part, [])
    ]
    return sorted(named, key=lambda each: (-each.number, each.name, each.slug))[:MOST_NAMED]
