"""A conference as one long recap: its own recaps, then those of its talks in programme order.

Within a talk the oldest recap comes first, so that a new one does not move the others. Texts are
not loaded here; callers load as many as they have room for.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from conferences.models import Conference
from recaps.models import Recap, RecapQuerySet
from recaps.rendering import freshen
from talks.models import Talk
from talks.programme import Programme, ProgrammeDay


@dataclass(frozen=True)
class Chapter:
    """A talk with its recaps, or, without a talk, one recap of the conference.

    `opens` is the day if the chapter is the first of its day.
    """

    recaps: list[Recap]
    talk: Talk | None = None
    opens: ProgrammeDay | None = None


@dataclass(frozen=True)
class DayOfChapters:
    """The talks of a day that have recaps; `day` is None for undated talks."""

    day: dt.date | None
    chapters: list[Chapter]


@dataclass(frozen=True)
class LongRecap:
    """All recaps of a conference in reading order."""

    own: list[Chapter]
    days: list[DayOfChapters]

    @cached_property
    def chapters(self) -> list[Chapter]:
        """All chapters in order."""
        return [*self.own, *(chapter for day in self.days for chapter in day.chapters)]

    @cached_property
    def recaps(self) -> list[Recap]:
        """All recaps in order."""
        return [recap for chapter in self.chapters for recap in chapter.recaps]


def long_recap_of(
    conference: Conference, programme: Programme, published: RecapQuerySet
) -> LongRecap:
    """Return the long recap of a conference, without texts. Two queries.

    Args:
        conference: the edition.
        programme: its talks with `recap_count`; each recap's talk is taken from here.
        published: the recaps that the reader may see.
    """
    covered = [talk.pk for day in programme.days for talk in day.talks if talk.recap_count]  # type: ignore[attr-defined]  # -- with_recap_counts()
    recaps = list(published.of_edition(conference, covered).for_long_recap())
    by_talk: defaultdict[int | None, list[Recap]] = defaultdict(list)
    for recap in recaps:
        by_talk[recap.talk_id].append(recap)
    own = [Chapter([recap]) for recap in _in_parts(by_talk.pop(None, []))]
    days = [DayOfChapters(day.day, _chapters(day, by_talk)) for day in programme.days]
    return LongRecap(own, [day for day in days if day.chapters])


def load_texts(recaps: Iterable[Recap], published: RecapQuerySet) -> set[int]:
    """Load the recaps' HTML, and return the ids of those that are still there. One query."""
    found = published.texts(recaps)
    for recap in recaps:
        if recap.pk in found:
            recap.body_html = found[recap.pk]
    freshen(recap for recap in recaps if recap.pk in found)
    return set(found)


def first_that_fit(recaps: Iterable[Recap], *, weight: int) -> list[Recap]:
    """Return the first recaps whose HTML together has at most `weight` bytes."""
    fitting = []
    for recap in recaps:
        weight -= recap.weight  # type: ignore[attr-defined]  # -- for_long_recap()
        if weight < 0:
            break
        fitting.append(recap)
    return fitting


def _chapters(day: ProgrammeDay, by_talk: dict[int | None, list[Recap]]) -> list[Chapter]:
    talks = [talk for talk in day.talks if talk.pk in by_talk]
    for talk in talks:
        for recap in by_talk[talk.pk]:
            recap.talk = talk
    return [
        Chapter(by_talk[talk.pk], talk, opens=None if place else day)
        for place, talk in enumerate(talks)
    ]


def _in_parts(recaps: list[Recap]) -> list[Recap]:
    """Return a conference's own recaps, oldest first, the parts of one author together in order."""
    begun: dict[tuple[int, ...], int] = {}
    for place, recap in enumerate(recaps):
        begun.setdefault(_work_of(recap), place)
    return sorted(recaps, key=lambda recap: (begun[_work_of(recap)], recap.part_number or 0))


def _work_of(recap: Recap) -> tuple[int, ...]:
    return (recap.author_id,) if recap.part_number else (recap.author_id, recap.pk)
