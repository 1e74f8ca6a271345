"""Finds and repairs derived columns that differ from what their field computes.

The field computes them whenever an instance is saved (`fields.DerivedField`). This module is for
changes that bypass it: a bulk update, a table restored on its own, SQL typed by hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Model

from foundation.models.fields import DerivedField

BATCH_SIZE = 2_000


@dataclass(frozen=True)
class WrongColumn:
    """A derived column of a row with its wrong and its right value."""

    model: type[Model]
    pk: Any
    column: str
    value: str

    def __str__(self) -> str:
        return f"{self.model._meta.label_lower} {self.pk} {self.column}"

    def mend(self) -> None:
        """Write the right value. If another row has it, leave the column for somebody to decide."""
        rows = self.model._base_manager.filter(pk=self.pk)
        try:
            with transaction.atomic():
                rows.update(**{self.column: self.value})
        except IntegrityError:
            return


def derived_fields(model: type[Model]) -> list[Any]:
    """Return the model's derived fields."""
    return [field for field in model._meta.concrete_fields if isinstance(field, DerivedField)]


def wrong_columns() -> Iterator[WrongColumn]:
    """Yield each wrong derived column, over all models."""
    for model in apps.get_models():
        if fields := derived_fields(model):
            yield from _wrong_in(model, fields)


def mend_columns() -> list[WrongColumn]:
    """Repair all wrong columns, and return which were wrong."""
    wrong = list(wrong_columns())
    for column in wrong:
        column.mend()
    return wrong


def _wrong_in(model: type[Model], fields: list[Any]) -> Iterator[WrongColumn]:
    names = {name for field in fields for name in (field.name, field.source)}
    for row in model._base_manager.order_by("pk").only(*names).iterator(BATCH_SIZE):
        for field in fields:
            value = field.derive(getattr(row, field.source) or "")
            if value != getattr(row, field.attname):
                yield WrongColumn(model, row.pk, field.name, value)
