"""Leave out broken rows: one row with invalid values must not break a page; its id is logged.

The tables' constraints forbid broken rows, but a restored database, or another program, may still
contain some. Code that reads rows for pages, feeds, search and the sitemap uses a `SoundQuerySet`.
Code that repairs rows reads all of them (`also_broken`). In tests a broken row raises
(`BROKEN_ROWS_RAISE`), so that the site's own mistakes are not hidden.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import DataError, models
from django.db.models import Q
from django.db.models.query import ModelIterable
from django.urls import NoReverseMatch

from foundation.models.fields import DayField, MomentField
from foundation.text.bounds import is_within

log = logging.getLogger(__name__)
# What a value alone can be at fault for. Never the database's absence, a refusal or a 404.
VALUE_FAULTS = (ValueError, ArithmeticError, DataError)
# Where rows are drawn, also a slug that no address can hold.
DRAWING_FAULTS = (*VALUE_FAULTS, NoReverseMatch)
# More of them on one page are no accident: then the page fails, and somebody looks.
MOST_LEFT_OUT = 20
Row = TypeVar("Row", bound=models.Model)


class BrokenRow(ValueError):  # noqa: N818 -- it says what it is
    """A row with values that no page can show."""


class SoundRows(ModelIterable):
    """Iterates over the rows of a query without broken ones; with a limit, the next rows take their
    place.

    Queries that lock or delete rows return all of them.
    """

    queryset: Any  # the stubs know little of what querysets are made of

    def __iter__(self) -> Iterator[Any]:
        if self.queryset.query.select_for_update or self.queryset._for_write:
            yield from super().__iter__()
            return
        read = 0
        try:
            for row in super().__iter__():
                refuse_broken(row)
                read += 1
                yield row
        except VALUE_FAULTS:
            if settings.BROKEN_ROWS_RAISE or self.queryset.query.combinator:
                raise
            yield from self._others(read)

    def _others(self, read: int) -> Iterator[Any]:
        """Yield the rows after the first ones, with the next rows in place of broken ones."""
        query = self.queryset.query
        rows = self._one_by_one(_keys(self.queryset)[read:])
        return (
            rows
            if query.high_mark is None
            else islice(rows, query.high_mark - query.low_mark - read)
        )

    def _one_by_one(self, keys: list[Any]) -> Iterator[Any]:
        """Yield the sound rows among those with these ids. A query for each."""
        left_out = 0
        for key in dict.fromkeys(keys):
            try:
                rows = self._rows(key)
            except VALUE_FAULTS as fault:
                left_out += 1
                if left_out > MOST_LEFT_OUT:
                    raise
                leave_out(self.queryset.model, key, fault)
            else:
                yield from rows

    def _rows(self, key: Any) -> list[Any]:
        """Return the rows with this id: several, where the query joins others to it."""
        alone = self.queryset.all()
        alone.query.clear_limits()
        rows: list[Any] = list(ModelIterable(alone.filter(pk=key)))
        for row in rows:
            refuse_broken(row)
        return rows


class SoundQuerySet(models.QuerySet[Row]):
    """Queryset that leaves out broken rows when it is iterated."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._iterable_class: Any = SoundRows

    def also_broken(self) -> Self:
        """Return broken rows too, for code that repairs or rewrites them."""
        rows = self.all()
        rows._iterable_class = ModelIterable
        return rows

    def sound(self) -> Self:
        """Filter by the valid range of days and moments, for queries of columns."""
        wanted: list[Any] = [
            Q((f"{name}__isnull", True)) | Q((f"{name}__range", bounds))
            for name, bounds in _bounded(self.model).items()
        ]
        return self.filter(*wanted)


def refuse_broken(row: models.Model) -> None:
    """Raise BrokenRow if a loaded day or moment is outside the valid years."""
    loaded = row.__dict__
    for name in _bounded(type(row)):
        value = loaded.get(name)
        if value is not None and not is_within(value):
            raise BrokenRow(f"{name} is outside the years")


def drawable(rows: Iterable[Row], draw: Callable[[Row], object]) -> list[Row]:
    """Return the rows for which `draw` does not raise."""
    drawn = []
    left_out = 0
    for row in rows:
        try:
            draw(row)
        except DRAWING_FAULTS as fault:
            left_out += 1
            if settings.BROKEN_ROWS_RAISE or left_out > MOST_LEFT_OUT:
                raise
            leave_out(type(row), row.pk, fault)
        else:
            drawn.append(row)
    return drawn


def leave_out(model: type[models.Model], key: Any, fault: Exception) -> None:
    """Log that a row is left out."""
    log.error("A broken row is left out: %s %s: %s", model._meta.label, key, fault)


@cache
def _bounded(model: type[models.Model]) -> dict[str, tuple[Any, Any]]:
    """Return the valid range of each day and moment column of a model, by column name."""
    fields = (f for f in model._meta.concrete_fields if isinstance(f, (DayField, MomentField)))
    return {field.attname: field.bounds for field in fields}


def _keys(queryset: Any) -> list[Any]:
    """Return the ids of the query's rows in its order; with a limit, those of a few more rows."""
    rows = queryset.all()
    if rows.query.high_mark is not None:
        rows.query.high_mark += MOST_LEFT_OUT
    return list(rows.values_list("pk", flat=True))
