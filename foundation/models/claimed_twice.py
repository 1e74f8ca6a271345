"""Finds and removes old URLs and synonyms that another live row uses, though `OneOwner`
forbids it.

Writes without triggers create them: a session with triggers disabled, a table restored on its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from foundation.models.one_owner import OneOwner


@dataclass(frozen=True)
class ClaimedTwice:
    """A row of old URLs or other names, and the column whose value a live row also has."""

    row: Model
    column: str

    def __str__(self) -> str:
        value = getattr(self.row, self.column)
        return f"{self.row._meta.label_lower} {self.row.pk} {self.column} {value!r}"

    def release(self) -> None:
        """Leave the value to the live row, which readers already see."""
        row: Any = self.row
        names = {field.name for field in row._meta.concrete_fields}
        if "name" not in names:
            row.delete()
            return
        row.name, row.slug = ("", row.slug) if self.column == "key" else (row.name, None)
        if row.name or row.slug:
            row.save()
        else:
            row.delete()


def claimed_twice() -> Iterator[ClaimedTwice]:
    """Yield each value that a live row has and that another row's old URL or synonym claims too."""
    for model in apps.get_models():
        for rule in model._meta.constraints:
            if isinstance(rule, OneOwner) and rule.owner != "id":
                rows = list(rule.breaking(model).order_by("pk"))
                yield from (ClaimedTwice(row, rule.fields[-1]) for row in rows)


def release_claims() -> None:
    """Leave all such values to the live rows."""
    for claim in claimed_twice():
        claim.row.refresh_from_db()  # one row may be found by its address and by its name
        claim.release()
