"""Groups talks for pages: a conference's by day, a tag's by year and conference.

A day may also be a table: a row for each time, a column for each room; long talks span several
rows.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from conferences.models import Conference
from foundation.text.names import initial_letter, sort_key
from talks.models import Tag, Talk

# More rooms than this make columns too narrow to read; fewer are no grid.
MOST_ROOMS = 8
LEAST_ROOMS = 2


@dataclass(frozen=True)
class Cell:
    """A table cell: the talks that begin in a room at one time; `rows` is its rowspan."""

    room: str
    talks: list[Talk]
    rows: int = 1


@dataclass(frozen=True)
class Line:
    """A table row: a start time and the cells that begin then, by room.

    A cell without talks is a free room. While a talk of an earlier row continues, its room has no
    cell.
    """

    starts_at: dt.datetime
    cells: list[Cell]

    @property
    def opener(self) -> Talk:
        """One of the talks that begin then, which gives the row its time."""
        return next(talk for cell in self.cells for talk in cell.talks)


@dataclass(frozen=True)
class Grid:
    """The table of a day."""

    rooms: list[str]
    lines: list[Line]


def grid_of(talks: Sequence[Talk]) -> Grid | None:
    """Return one day's talks as a table; None if a table would not help.

    That is the case if a time or a room is unknown, or if there are too few or too many rooms.
    """
    timed = [(start, talk) for talk in talks if (start := talk.local_start) and talk.room]
    rooms = sorted({talk.room for _start, talk in timed}, key=sort_key)
    if len(timed) < len(talks) or not LEAST_ROOMS <= len(rooms) <= MOST_ROOMS:
        return None
    starts = sorted({start for start, _talk in timed})
    cells: dict[tuple[dt.datetime, str], Cell | None] = {}
    for room in rooms:
        cells |= _column(room, [each for each in timed if each[1].room == room], starts)
    lines = [Line(start, _line(start, rooms, cells)) for start in starts]
    return Grid(rooms, lines)


def _line(
    start: dt.datetime, rooms: list[str], cells: dict[tuple[dt.datetime, str], Cell | None]
) -> list[Cell]:
    placed = (cells.get((start, room), Cell(room, [])) for room in rooms)
    return [cell for cell in placed if cell is not None]


def _column(
    room: str, timed: list[tuple[dt.datetime, Talk]], starts: list[dt.datetime]
) -> dict[tuple[dt.datetime, str], Cell | None]:
    """Return a room's cells by their start; None for the starts at which a talk continues."""
    in_order = sorted(timed, key=lambda each: each[0])
    slots = [
        (start, [talk for _start, talk in group])
        for start, group in groupby(in_order, key=lambda each: each[0])
    ]
    last = starts[-1] + dt.timedelta(days=2)
    nexts = [start for start, _talks in slots[1:]] + [last]
    cells: dict[tuple[dt.datetime, str], Cell | None] = {}
    for (start, talks), following in zip(slots, nexts, strict=True):
        end = min(max(start + (talk.duration or dt.timedelta(0)) for talk in talks), following)
        goes_on = [each for each in starts if start < each < end]
        cells[start, room] = Cell(room, talks, 1 + len(goes_on))
        cells.update(dict.fromkeys(((each, room) for each in goes_on), None))
    return cells


# A list without days and times that is longer is shown from A to Z.
LONG_LIST = 40


@dataclass(frozen=True)
class UnderLetter:
    """The talks whose title begins with a letter, by title."""

    letter: str
    talks: list[Talk]


@dataclass(frozen=True)
class ProgrammeDay:
    """The talks of one day in order; `day` is None for undated ones."""

    day: dt.date | None
    talks: list[Talk]

    @property
    def is_timed(self) -> bool:
        """Whether any talk of the day has a time."""
        return any(talk.local_start for talk in self.talks)

    @cached_property
    def grid(self) -> Grid | None:
        """The day as a table of times and rooms, if that helps."""
        return grid_of(self.talks) if self.day else None

    @cached_property
    def letters(self) -> list[UnderLetter]:
        """A long list without a day and times, from A to Z; nothing where it is another one."""
        if self.day or self.is_timed or len(self.talks) <= LONG_LIST:
            return []
        by_letter: defaultdict[str, list[Talk]] = defaultdict(list)
        for talk in sorted(self.talks, key=lambda talk: (sort_key(talk.title), talk.pk)):
            by_letter[initial_letter(talk.title)].append(talk)
        return [UnderLetter(letter, by_letter[letter]) for letter in sorted(by_letter)]

    @property
    def covered(self) -> int:
        """The number of its talks with recaps."""
        return sum(bool(talk.recap_count) for talk in self.talks)  # type: ignore[attr-defined]  # -- with_recap_counts()


@dataclass(frozen=True)
class Programme:
    """A conference's talks by day."""

    days: list[ProgrammeDay] = field(default_factory=list)

    @property
    def talk_count(self) -> int:
        """The number of talks, including cancelled ones."""
        return sum(len(day.talks) for day in self.days)

    @property
    def covered(self) -> int:
        """The number of talks with recaps."""
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
        """All talks in order."""
        return [talk for day in self.days for talk in day.talks]

    @cached_property
    def rooms(self) -> list[str]:
        """The known rooms, by name."""
        return sorted({talk.room for talk in self.talks if talk.room}, key=sort_key)

    @cached_property
    def tags(self) -> list[Tag]:
        """The tags of its talks, by name, if the talks were loaded `with_tags()`."""
        tags = {tag.pk: tag for talk in self.talks for tag in talk.shown_tags}
        return sorted(tags.values(), key=lambda tag: tag.key)

    def narrowed(self, *, tag_slug: str, room: str) -> "Programme":
        """Return the programme filtered by tag and room; '' means no filter."""
        days = [
            ProgrammeDay(day.day, [talk for talk in day.talks if _is_asked(talk, tag_slug, room)])
            for day in self.days
        ]
        return Programme([day for day in days if day.talks])


def _is_asked(talk: Talk, tag_slug: str, room: str) -> bool:
    has_tag = not tag_slug or any(tag.slug == tag_slug for tag in talk.shown_tags)
    return has_tag and room in {"", talk.room}


def programme_of(conference: Conference, talks: Iterable[Talk]) -> Programme:
    """Return the programme of talks that `TalkQuerySet.for_programme` loaded. No query
    of its own.

    If the conference's dates are estimated, so are its talks' days (often those of uploads), so the
    talks are one list without days.
    """
    if conference.dates_estimated:
        in_order = list(talks)
        return Programme([ProgrammeDay(None, in_order)] if in_order else [])
    days = groupby(talks, key=lambda talk: talk.given_on)
    return Programme([ProgrammeDay(day, list(of_day)) for day, of_day in days])


@dataclass(frozen=True)
class AtConference:
    """One conference's talks in one year, in the order of the page."""

    conference: Conference
    talks: list[Talk] = field(default_factory=list)


@dataclass(frozen=True)
class InYear:
    """One year's conferences; `year` is None for talks without a day."""

    year: int | None
    conferences: list[AtConference]


def talks_by_conference(talks: Iterable[Talk]) -> list[InYear]:
    """Group talks by year and conference, each group in the order of its first talk.

    The talks' conferences must be loaded. No query of its own.
    """
    years: dict[int | None, dict[int, AtConference]] = {}
    for talk in talks:
        year = talk.given_on.year if talk.given_on else None
        conferences = years.setdefault(year, {})
        at = conferences.setdefault(talk.conference_id, AtConference(talk.conference))
        at.talks.append(talk)
    return [InYear(year, list(conferences.values())) for year, conferences in years.items()]
