"""Whether the kept counts are the numbers of rows, and writing them anew where they are not.

The triggers keep them right; this is for what goes round them: a table restored on its own, a
disabled trigger, a hand in the database.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from foundation.kept.enums import Counted

# Each kind's function comes with its triggers (keeping.py); its name is of the enum.
_DIFFERING = """
    SELECT thing, coalesce(kept.number, 0), coalesce(counted.number, 0)
    FROM (
        SELECT of AS thing, sum(number)::bigint AS number
        FROM counts_keptcount WHERE kind = %s GROUP BY of
    ) AS kept
    FULL JOIN count_{kind}() AS counted USING (thing)
    WHERE coalesce(kept.number, 0) <> coalesce(counted.number, 0)
    ORDER BY thing
"""
_MEND = """
    INSERT INTO counts_keptcount (kind, of, number, is_sum)
    SELECT %s, thing, step, false FROM unnest(%s::bigint[], %s::bigint[]) AS wrong (thing, step)
"""


@dataclass(frozen=True)
class WrongCount:
    """A kept count that is not the number of rows."""

    kind: Counted
    of: int
    kept: int
    counted: int


def wrong_counts() -> Iterator[WrongCount]:
    """Yield each count that is wrong, by kind and thing. Counts everything, changes nothing.

    One query for each kind; both numbers are of one moment.
    """
    for kind in Counted:
        for thing, kept, counted in _rows(_DIFFERING.format(kind=kind.value), [kind.value]):
            yield WrongCount(kind, thing, kept, counted)


def mend_counts() -> list[WrongCount]:
    """Put every wrong count right, and return what was wrong. One transaction.

    The difference is added, so that what others write meanwhile counts too.
    """
    with transaction.atomic():
        wrong = list(wrong_counts())
        for kind in Counted:
            found = [count for count in wrong if count.kind == kind]
            things = [count.of for count in found]
            steps = [count.counted - count.kept for count in found]
            _execute(_MEND, [kind.value, things, steps])
    return wrong


def _rows(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    """Return what a statement gives, which may take longer than a page may."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _execute(sql: str, parameters: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
