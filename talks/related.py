"""Related talks: by shared speakers, shared rare tags, and words of the title.

A shared tag or speaker that n other talks have scores 1 / log(2 + n) (Adamic and Adar, 2003). Of a
very common one only the talks added last are read, so that the cost does not grow with the library.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from talks.models import Talk

SHOWN = 6
# How many tags and speakers of the talk are looked at, and how many talks of each of them.
MOST_TAGS = 12
MOST_SPEAKERS = 6
PER_THING = 100
# Of how many talks the titles are read.
NEAREST = 60
# Shorter words only join others: "with", "und", "que".
_WORD = re.compile(r"\w{4,}")


def related_talks(talk: Talk, *, with_recaps: bool = False) -> list[Talk]:
    """Return the most closely related talks, at most 6, as `TalkQuerySet.for_related`
    loads them.

    Args:
        talk: with its tags and credits prefetched.
        with_recaps: leave out those without recaps, if any has one, and load `recap_count`.

    Cancelled ones come last; of equal scores the newest comes first. Two queries; none if the talk
    has neither tags nor speakers.
    """
    tags = [item.tag_id for item in talk.tagged.all()][:MOST_TAGS]
    speakers = [credit.speaker_id for credit in talk.credits.all()][:MOST_SPEAKERS]
    pairs = Talk.objects.pairs_with(tags=tags, speakers=speakers, most=PER_THING)
    scores = scores_of((thing, pk) for thing, pk in pairs if pk != talk.pk)
    nearest = sorted(scores, key=lambda pk: (-scores[pk], -pk))[:NEAREST]
    found = _loaded(nearest, with_recaps=with_recaps) if nearest else []
    return sorted(found, key=lambda other: _rank(talk, other, scores))[:SHOWN]


def _loaded(nearest: Iterable[int], *, with_recaps: bool) -> list[Talk]:
    talks = Talk.objects.for_related(nearest)
    if not with_recaps:
        return list(talks)
    counted: list[Any] = list(talks.with_recap_counts())
    return [talk for talk in counted if talk.recap_count] or counted


def scores_of(pairs: Iterable[tuple[str, int]]) -> dict[int, float]:
    """Return the scores by the talks' ids.

    Args:
        pairs: a tag or speaker and the id of another talk that has it too, each once.
    """
    talks_of: defaultdict[str, list[int]] = defaultdict(list)
    for thing, pk in pairs:
        talks_of[thing].append(pk)
    scores: defaultdict[int, float] = defaultdict(float)
    for thing in sorted(talks_of):  # sums of fractions depend on their order
        for pk in talks_of[thing]:
            scores[pk] += 1 / math.log(2 + len(talks_of[thing]))
    return dict(scores)


def likeness(title: str, other: str) -> float:
    """Return from 0 to 1 the share of longer words that two titles have in common."""
    words, others = (set(_WORD.findall(text.casefold())) for text in (title, other))
    if not words or not others:
        return 0
    return len(words & others) / math.sqrt(len(words) * len(others))


def _rank(talk: Talk, other: Talk, scores: dict[int, float]) -> tuple[bool, float, int, int]:
    nearness = scores[other.pk] + likeness(talk.title, other.title)
    return other.is_cancelled, -nearness, -other.sort_date.toordinal(), -other.pk
