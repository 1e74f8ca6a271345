"""Compares the editions of a series: talks, covered talks, main topics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conferences.models import Conference


@dataclass(frozen=True)
class ComparedEdition:
    """One edition with its main topics, and the lengths of its bars in per cent."""

    conference: Conference
    topics: Sequence[Any]
    talks_length: float
    covered_length: float


def side_by_side(
    editions: Sequence[Conference], topics: Mapping[int, Sequence[Any]]
) -> list[ComparedEdition]:
    """Return the compared editions in their order.

    Args:
        editions: loaded `for_lists()` and `with_coverage()`.
        topics: the main topics, by the edition's id.

    The edition with most talks has the longest bar; part of each bar shows the covered talks.
    """
    counts = [(each, each.talk_count, each.covered_count) for each in editions]  # type: ignore[attr-defined]  # -- annotated
    most = max((talks for _edition, talks, _covered in counts), default=0) or 1
    return [
        ComparedEdition(
            edition,
            topics.get(edition.pk, ()),
            talks_length=round(100 * talks / most, 2),
            covered_length=round(100 * covered / most, 2),
        )
        for edition, talks, covered in counts
    ]
