"""Previous and next row in a short list that is loaded whole."""

from collections.abc import Sequence
from typing import TypeVar

Row = TypeVar("Row")


def neighbours(rows: Sequence[Row], row: Row) -> tuple[Row | None, Row | None]:
    """Return the rows before and after the row; None at an end, and for a row that is
    not listed.
    """
    if row not in rows:
        return None, None
    place = rows.index(row)
    before = rows[place - 1] if place else None
    after = rows[place + 1] if place + 1 < len(rows) else None
    return before, after
