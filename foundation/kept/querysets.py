"""Questions about kept counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import BigIntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Cast, Coalesce

if TYPE_CHECKING:
    from foundation.kept.enums import Counted
    from foundation.kept.models import KeptCount


class KeptCountQuerySet(models.QuerySet["KeptCount"]):
    """Summands of counts."""

    def totals(self, *kinds: Counted) -> models.QuerySet[KeptCount, tuple[str, int]]:
        """Return pairs of a kind and its number, over all things; a number of 0 may be missing."""
        rows = self.filter(kind__in=kinds).order_by().values("kind")
        return rows.annotate(total=_whole(Sum("number"))).values_list("kind", "total")

    def number_of(self, kind: Counted, thing: str = "pk") -> Coalesce:
        """Return an expression for the number of an outer row, whose id is in the field `thing`."""
        rows = self.filter(kind=kind, of=OuterRef(thing)).order_by().values("of")
        sums = rows.annotate(total=_whole(Sum("number"))).values("total")
        return Coalesce(Subquery(sums), 0)


def _whole(total: Sum) -> Cast:
    """Return the sum as a bigint: PostgreSQL's own is a numeric, which is slow to order."""
    return Cast(total, BigIntegerField())
