"""Numbers of rows, kept by PostgreSQL's triggers (`triggers`). Nothing in Python writes them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.kept.enums import Counted
from foundation.kept.querysets import KeptCountQuerySet


class KeptCount(models.Model):
    """A summand of one count: all summands of a kind and a thing together are the number.

    Summands, and not one number to change: no two transactions ever write the same row, so
    none waits for another, whatever they count and in whatever order.
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
