"""Talks of a page in their year and, within it, under their conference."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from conferences.models import Conference
from talks.models import Talk


@dataclass(frozen=True)
class AtConference:
    """One conference's talks of a year, in the order of the page."""

    conference: Conference
    talks: list[Talk] = field(default_factory=list)


@dataclass(frozen=True)
class InYear:
    """One year's conferences; `year` is None for talks without a day."""

    year: int | None
    conferences: list[AtConference]


def talks_by_conference(talks: Iterable[Talk]) -> list[InYear]:
    """Return the talks by year and conference, each in the order of its first talk.

    The talks come with their conferences. No query of its own.
    """
    years: dict[int | None, dict[int, AtConference]] = {}
    for talk in talks:
        year = talk.given_on.year if talk.given_on else None
        conferences = years.setdefault(year, {})
        at = conferences.setdefault(talk.conference_id, AtConference(talk.conference))
        at.talks.append(talk)
    return [InYear(year, list(conferences.values())) for year, conferences in years.items()]
