"""Whether columns derived from another of their row are what their field makes of it.

Their field computes them at every write of an instance (`fields.DerivedField`); this is for what
goes round that: a bulk update, a table restored on its own, a hand in the database.
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
    """A derived column of a row that holds something else, and what it ought to hold."""

    model: type[Model]
    pk: Any
    column: str
    value: str

    def __str__(self) -> str:
        return f"{self.model._meta.label_lower} {self.pk} {self.column}"

    def mend(self) -> None:
        """Write what ought to be there. Where another row has it, that stays to be seen to."""
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
    """Yield each derived column, of whatever model, that is not what it ought to be."""
    for model in apps.get_models():
        if fields := derived_fields(model):
            yield from _wrong_in(model, fields)


def mend_columns() -> list[WrongColumn]:
    """Put wrong columns right, and return which were wrong."""
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
