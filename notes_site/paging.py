"""Long lists in pages, by cursor: any page costs the same, and each row comes exactly once.

A page is named by the row it starts after (`?after=…`) or ends before (`?before=…`), on the
list's own unique order, so rows that are added meanwhile move nothing. Cursors are the values of
the order's columns; one that cannot be read is a 404.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import F, Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

PAGE_SIZE = 50
_SEPARATOR = "~"
_CURSOR_MAX_LENGTH = 500
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows in the list's order, with the addresses of its neighbours ('' for none)."""

    rows: list[Row]
    newer_url: str = ""
    older_url: str = ""

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def has_neighbours(self) -> bool:
        return bool(self.newer_url or self.older_url)


def page_of(
    rows: QuerySet[Row], request: HttpRequest, *, order: Sequence[str], size: int = PAGE_SIZE
) -> Page[Row]:
    """Return the page of the queryset that the request names.

    Args:
        rows: the whole list, in any order.
        order: the columns that order it, all ascending or all descending ("-sort_date", "-id"),
            unique together and not null.
        size: how many rows a page has.

    Runs one query (and the queryset's prefetches). Raises Http404 for a cursor that is not one.
    """
    cursor, backwards = _cursor_of(request.GET, rows.model, order)
    found = list(_window(rows, order, cursor, backwards)[: size + 1])
    has_more = len(found) > size
    page = found[:size]
    if backwards:
        page.reverse()
    has_before, has_after = (has_more, True) if backwards else (cursor is not None, has_more)
    return Page(
        rows=page,
        newer_url=_address(request, "before", page[0], order) if page and has_before else "",
        older_url=_address(request, "after", page[-1], order) if page and has_after else "",
    )


def _window(
    rows: QuerySet[Row], order: Sequence[str], cursor: tuple[Any, ...] | None, backwards: bool
) -> QuerySet[Row]:
    descending = order[0].startswith("-")
    columns = [name.removeprefix("-") for name in order]
    downwards = descending != backwards
    if cursor is not None:
        beyond = TupleLessThan if downwards else TupleGreaterThan
        rows = rows.filter(beyond(Tuple(*[F(name) for name in columns]), cursor))
    return rows.order_by(*[f"-{name}" if downwards else name for name in columns])


def _cursor_of(
    query: QueryDict, model: type[Model], order: Sequence[str]
) -> tuple[tuple[Any, ...] | None, bool]:
    if "before" in query and "after" in query:
        raise Http404(_("This page of the list does not exist."))
    backwards = "before" in query
    text = query.get("before") or query.get("after")
    if text is None:
        return None, backwards
    return _parsed(text, model, order), backwards


def _parsed(text: str, model: type[Model], order: Sequence[str]) -> tuple[Any, ...]:
    parts = text[:_CURSOR_MAX_LENGTH].rsplit(_SEPARATOR, len(order) - 1)
    if len(parts) != len(order):
        raise Http404(_("This page of the list does not exist."))
    fields = [model._meta.get_field(name.removeprefix("-")) for name in order]
    try:
        return tuple(_value(field, part) for field, part in zip(fields, parts, strict=True))
    except (ValidationError, ValueError, OverflowError) as error:
        raise Http404(_("This page of the list does not exist.")) from error


def _value(field: Any, text: str) -> Any:
    value = field.to_python(text)
    if value is None or (isinstance(value, int) and not 0 <= value < 2**63):
        raise ValueError(text)
    if isinstance(value, dt.datetime) and value.tzinfo is None:
        raise ValueError(text)
    return value


def _address(request: HttpRequest, direction: str, row: Model, order: Sequence[str]) -> str:
    """Return this list's address with the other parameters kept and the cursor put at the row."""
    kept = [(k, v) for k in request.GET for v in request.GET.getlist(k) if k not in {"before", "after"}]
    cursor = _SEPARATOR.join(_text(getattr(row, name.removeprefix("-"))) for name in order)
    return f"{request.path}?{urlencode([*kept, (direction, cursor)])}"


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, (dt.date, dt.datetime)) else str(value)
