"""Row counts, maintained by PostgreSQL triggers (`triggers`). Python code never writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import BigIntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from foundation.kept.enums import Counted

if TYPE_CHECKING:
    from foundation.kept.enums import Counted


class KeptCountQuerySet(models.QuerySet["KeptCount"]):
    """Queryset of summands of stored counts."""

    def totals(self, *kinds: Counted) -> models.QuerySet[KeptCount, tuple[str, int]]:
        """Return pairs of a kind and its total over all objects; a total of 0 may be missing."""
        rows = self.filter(kind__in=kinds).order_by().values("kind")
        return rows.annotate(total=_whole(Sum("number"))).values_list("kind", "total")

    def number_of(self, kind: Counted, thing: str = "pk") -> Coalesce:
        """Return an expression for the count of an outer row, whose id is in the field `thing`."""
        rows = self.filter(kind=kind, of=OuterRef(thing)).order_by().values("of")
        sums = rows.annotate(total=_whole(Sum("number"))).values("total")
        return Coalesce(Subquery(sums), 0)


def _whole(total: Sum) -> Cast:
    """Return the sum as a bigint: PostgreSQL sums to a numeric, which sorts slowly."""
    return Cast(total, BigIntegerField())


class KeptCount(models.Model):
    """A summand of one count: the count is the sum over all rows of a kind and an object.

    Writers insert summands instead of updating one number, so no two transactions write the same
    row and none waits for another, whatever they count and in whatever order.
    """

    kind = models.CharField(max_length=20, choices=Counted)
    # The thing whose rows these are, such as a tag; 0 where all are counted together.
    of = models.BigIntegerField(default=0)
    number = models.BigIntegerField()
    is_sum = models.BooleanField(default=False)

    objects = KeptCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept count")
        verbose_name_plural = _("kept counts")
        indexes = [
            models.Index(fields=["kind", "of"], include=["number"], name="kept_count_of_thing")
        ]
        constraints = [models.CheckConstraint(name="kept_count_is_no_zero", condition=~Q(number=0))]

    def __str__(self) -> str:
        return f"{self.kind} {self.of}: {self.number:+}"
