"""Registers derived columns, URL claims and counts: finds wrong rows and repairs them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.kept.enums import Counted
from foundation.kept.registry import DerivedData, long_query, register
from foundation.models.claimed_twice import claimed_twice, release_claims
from foundation.models.derived_columns import mend_columns, wrong_columns

# Each kind's function comes with its triggers (`triggers`); its name is of the enum.
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
    """A stored count that differs from the number of rows."""

    kind: Counted
    of: int
    kept: int
    counted: int

    def __str__(self) -> str:
        return f"{self.kind} {self.of}: {self.kept} instead of {self.counted}"


def wrong_counts() -> Iterator[WrongCount]:
    """Yield each wrong count, by kind and object. Counts all rows, changes nothing.

    One query for each kind; stored and actual number come from one snapshot.
    """
    for kind in Counted:
        for thing, kept, counted in long_query(_DIFFERING.format(kind=kind.value), [kind.value]):
            yield WrongCount(kind, thing, kept, counted)


def mend_counts() -> list[WrongCount]:
    """Correct every wrong count, and return what was wrong. One transaction.

    The difference is added as a new row, so that concurrent writes count too.
    """
    with transaction.atomic():
        wrong = list(wrong_counts())
        for kind in Counted:
            found = [count for count in wrong if count.kind == kind]
            things = [count.of for count in found]
            steps = [count.counted - count.kept for count in found]
            long_query(_MEND, [kind.value, things, steps])
    return wrong


register(
    DerivedData(_("keys, sort keys and letters of names"), wrong_columns, mend_columns),
    DerivedData(_("old addresses and synonyms of one owner"), claimed_twice, release_claims),
    DerivedData(_("counts"), wrong_counts, mend_counts),
)
