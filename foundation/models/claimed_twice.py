"""Old addresses and synonyms under which another row lives, though `OneOwner` forbids it.

A write that triggers did not see makes them: a session without triggers, a table restored alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from foundation.models.one_owner import OneOwner


@dataclass(frozen=True)
class ClaimedTwice:
    """A row of a table of old addresses or other names, and the column that another one has."""

    row: Model
    column: str

    def __str__(self) -> str:
        value = getattr(self.row, self.column)
        return f"{self.row._meta.label_lower} {self.row.pk} {self.column} {value!r}"

    def release(self) -> None:
        """Leave it to the living row, which readers are shown already."""
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
    """Yield each value that a living row has and another one's old address or synonym claims."""
    for model in apps.get_models():
        for rule in model._meta.constraints:
            if isinstance(rule, OneOwner) and rule.owner != "id":
                rows = list(rule.breaking(model).order_by("pk"))
                yield from (ClaimedTwice(row, rule.fields[-1]) for row in rows)


def release_claims() -> None:
    """Leave all of them to the living rows."""
    for claim in claimed_twice():
        claim.row.refresh_from_db()  # one row may be found by its address and by its name
        claim.release()
