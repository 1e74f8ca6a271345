"""The programme of a conference: its talks by day, as its page shows them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from conferences.models import Conference
from foundation.text.names import sort_key
from talks.models import Tag, Talk
from talks.programme_grid import Grid, grid_of


@dataclass(frozen=True)
class ProgrammeDay:
    """The talks of one day in their order; `day` is None for those without one."""

    day: dt.date | None
    talks: list[Talk]

    @property
    def is_timed(self) -> bool:
        """Whether any talk of the day has a time."""
        return any(talk.local_start for talk in self.talks)

    @cached_property
    def grid(self) -> Grid | None:
        """The day as a table of times and rooms, where it makes one."""
        return grid_of(self.talks) if self.day else None

    @property
    def covered(self) -> int:
        """How many of its talks have recaps."""
        return sum(bool(talk.recap_count) for talk in self.talks)  # type: ignore[attr-defined]  # -- with_recap_counts()


@dataclass(frozen=True)
class Programme:
    """A conference's talks by day."""

    days: list[ProgrammeDay] = field(default_factory=list)

    @property
    def talk_count(self) -> int:
        """How many talks there are, cancelled ones too."""
        return sum(len(day.talks) for day in self.days)

    @property
    def covered(self) -> int:
        """How many talks have recaps."""
        return sum(day.covered for day in self.days)

    @property
    def is_timed(self) -> bool:
        """Whether any talk has a time."""
        return any(day.is_timed for day in self.days)

    @property
    def is_dated(self) -> bool:
        """Whether any talk has a day."""
        return any(day.day for day in self.days)

    @property
    def talks(self) -> list[Talk]:
        """Every talk in its place."""
        return [talk for day in self.days for talk in day.talks]

    @cached_property
    def rooms(self) -> list[str]:
        """The rooms that are known, by name."""
        return sorted({talk.room for talk in self.talks if talk.room}, key=sort_key)

    @cached_property
    def tags(self) -> list[Tag]:
        """The tags of its talks, by name, where the talks were loaded `with_tags()`."""
        tags = {tag.pk: tag for talk in self.talks for tag in talk.shown_tags}
        return sorted(tags.values(), key=lambda tag: tag.key)

    def narrowed(self, *, tag_slug: str, room: str) -> "Programme":
        """Return the talks with the tag and in the room alone; '' asks for all."""
        days = [
            ProgrammeDay(day.day, [talk for talk in day.talks if _is_asked(talk, tag_slug, room)])
            for day in self.days
        ]
        return Programme([day for day in days if day.talks])


def _is_asked(talk: Talk, tag_slug: str, room: str) -> bool:
    has_tag = not tag_slug or any(tag.slug == tag_slug for tag in talk.shown_tags)
    return has_tag and room in {"", talk.room}


def programme_of(conference: Conference, talks: Iterable[Talk]) -> Programme:
    """Return the programme of talks that `TalkQuerySet.for_programme` loaded. No query of its own.

    Where the conference's dates are estimated, its talks' days are too (often the days of upload),
    so they make one list without days.
    """
    if conference.dates_estimated:
        in_order = list(talks)
        return Programme([ProgrammeDay(None, in_order)] if in_order else [])
    days = groupby(talks, key=lambda talk: talk.given_on)
    return Programme([ProgrammeDay(day, list(of_day)) for day, of_day in days])
