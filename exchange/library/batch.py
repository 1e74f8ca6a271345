"""Collects the rows that an import writes for one event, and writes them in bulk."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Model

from exchange.library.locking import locked
from speakers.models import Speaker
from talks.models import Recording, TaggedTalk, Talk, TalkLink, TalkSpeaker

# A row comes after those that it refers to.
_IN_ORDER: tuple[type[Model], ...] = (
    Speaker,
    Talk,
    TalkSpeaker,
    TaggedTalk,
    Recording,
    TalkLink,
)


class Batch:
    """Collected changes, written in at most three statements per table, whatever their number."""

    def __init__(self) -> None:
        self._new: dict[type[Model], list[Model]] = defaultdict(list)
        self._changed: dict[type[Model], dict[Model, None]] = defaultdict(dict)
        self._fields: dict[type[Model], set[str]] = defaultdict(set)
        self._removed: dict[type[Model], list[int]] = defaultdict(list)

    def add(self, row: Model) -> None:
        """Add a new row. Rows that it refers to may be new themselves."""
        self._new[type(row)].append(row)

    def change(self, row: Model, fields: list[str]) -> None:
        """Update these fields of an existing row."""
        if fields:
            self._changed[type(row)][row] = None
            self._fields[type(row)].update(fields)

    def remove(self, row: Model) -> None:
        """Delete an existing row."""
        self._removed[type(row)].append(row.pk)

    def write(self) -> None:
        """Write everything; deletions first, so that a replacement does not violate a unique
        constraint.
        """
        for model, keys in self._removed.items():
            model._base_manager.filter(pk__in=keys).delete()
        for model in _IN_ORDER:
            if self._new[model]:
                model._base_manager.bulk_create(self._new[model])
            if self._changed[model]:
                write_changes(model, self._changed[model], self._fields[model])


def write_changes(model: type[Model], rows: Iterable[Model], fields: Iterable[str]) -> None:
    """Update these fields of existing, fully loaded rows; deleted ones stay deleted.
    Two queries.

    INSERT … ON CONFLICT with arrays; `bulk_update` with a CASE for every field of every row is five
    times slower. It would also re-create a deleted row, so the existing ones are locked before.
    """
    wanted = list(rows)
    there = locked(model._base_manager.filter(pk__in=[row.pk for row in wanted]))
    keys = set(there.order_by("pk").values_list("pk", flat=True))
    model._base_manager.bulk_create(
        [row for row in wanted if row.pk in keys],
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=sorted(fields),
    )
