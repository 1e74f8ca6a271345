"""A plain search of titles and names: every word must occur, however it is capitalised.

The words are looked for as they stand, `%` and `_` too. It reads every title, which is quick
enough for a library of some ten thousand talks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from conferences.models import Conference
from notes_site.names import sort_key
from recaps.models import Recap
from speakers.models import Speaker, SpeakerAlias
from talks.models import Tag, TagAlias, Talk

MOST_TALKS = 25
MOST_OTHERS = 12
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Hits(Generic[Row]):
    """The first rows of one kind, and whether there are more."""

    rows: list[Row]
    has_more: bool

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Found:
    """What the search found, kind by kind."""

    talks: Hits[Talk]
    speakers: Hits[Speaker]
    conferences: Hits[Conference]
    tags: Hits[Tag]
    recaps: Hits[Recap]

    @property
    def number(self) -> int:
        """How many rows there are of all kinds together."""
        kinds = (self.talks, self.speakers, self.conferences, self.tags, self.recaps)
        return sum(len(hits) for hits in kinds)


def find(words: Sequence[str]) -> Found:
    """Return what has all the words in its title or name. At most nine queries.

    Talks, conferences and recaps come newest first, tags by use, speakers by name. There must
    be at least one word.
    """
    talks = Talk.objects.filter(_each(words, _in_title)).newest_first()
    speakers = Speaker.objects.filter(_each(words, _in_speaker)).order_by("sort_key", "id")
    conferences = Conference.objects.filter(_each(words, _in_title)).newest_first()
    tags = Tag.objects.in_use().filter(_each(words, _in_tag)).with_talk_counts()
    recaps = Recap.objects.published().filter(_each(words, _in_shown_title)).newest_first()
    return Found(
        talks=_first(talks.for_cards().with_recap_counts(), MOST_TALKS),
        speakers=_first(speakers.with_talk_counts(), MOST_OTHERS),
        conferences=_first(conferences.with_counts(), MOST_OTHERS),
        tags=_first(tags.order_by("-talk_count", "key"), MOST_OTHERS),
        recaps=_first(recaps.for_cards(), MOST_OTHERS),
    )


def _first(rows: QuerySet[Row], most: int) -> Hits[Row]:
    found = list(rows[: most + 1])
    return Hits(found[:most], has_more=len(found) > most)


def _each(words: Sequence[str], condition: Any) -> Q:
    return reduce(and_, (condition(word) for word in words))


def _in_title(word: str) -> Q:
    return Q(title__icontains=word)


def _in_shown_title(word: str) -> Q:
    return Q(title__icontains=word) | Q(title="", talk__title__icontains=word)


def _in_speaker(word: str) -> Q:
    """Find a name or other name; a name also without its accents, as people type it."""
    aliases = SpeakerAlias.objects.filter(name__icontains=word).values("speaker")
    spelled = Q(name__icontains=word) | Q(sort_key__contains=sort_key(word))
    return spelled | Q(pk__in=aliases)


def _in_tag(word: str) -> Q:
    synonyms = TagAlias.objects.filter(name__icontains=word).values("tag")
    return Q(name__icontains=word) | Q(pk__in=synonyms)
