"""A day of a programme as a table: times down, rooms across, each talk over its whole time."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from foundation.text.names import sort_key
from talks.models import Talk

# More rooms than this make columns too narrow to read; fewer are no grid.
MOST_ROOMS = 8
LEAST_ROOMS = 2


@dataclass(frozen=True)
class Cell:
    """What begins in a room at one time; `rows` is over how many lines it goes on."""

    room: str
    talks: list[Talk]
    rows: int = 1


@dataclass(frozen=True)
class Line:
    """A time at which something begins, and the cells that begin with it, by room.

    A cell without talks is a free room. Where a talk of an earlier line goes on there is none.
    """

    starts_at: dt.datetime
    cells: list[Cell]

    @property
    def opener(self) -> Talk:
        """One of the talks that begin then: it says when that is."""
        return next(talk for cell in self.cells for talk in cell.talks)


@dataclass(frozen=True)
class Grid:
    """A day's table."""

    rooms: list[str]
    lines: list[Line]


def grid_of(talks: Sequence[Talk]) -> Grid | None:
    """Return the talks of one day as a table; None where it would not help.

    That is where a time or a room is unknown, or where there are too few or too many rooms.
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
    """Return a room's cells by their start; None for the starts at which a talk goes on."""
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
