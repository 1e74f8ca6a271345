"""Who stands before and after one row of a short list that is loaded whole."""

from collections.abc import Sequence
from typing import TypeVar

Row = TypeVar("Row")


def neighbours(rows: Sequence[Row], row: Row) -> tuple[Row | None, Row | None]:
    """Return the rows before and after the row; None where there is none, or no such row."""
    if row not in rows:
        return None, None
    place = rows.index(row)
    before = rows[place - 1] if place else None
    after = rows[place + 1] if place + 1 < len(rows) else None
    return before, after
