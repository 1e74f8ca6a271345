"""Cursor pagination: every page of a long list costs the same, and each row appears
exactly once.

A page is named by the row it starts after (`?after=…`) or ends before (`?before=…`), in the list's
own unique order, so rows added meanwhile shift nothing. A cursor holds the values of the order's
columns, spelled as `page_of` spells them; anything else is a 404.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import unquote, urlencode

from django.core.exceptions import ValidationError
from django.db.models import F, Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

PAGE_SIZE = 50
_SEPARATOR = "~"
_CURSOR_MAX_LENGTH = 1_000
_BIGGEST_ID = 2**63 - 1
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows in the list's order, with the URLs of the previous and next page ('' for
    none).
    """

    rows: list[Row]
    newer_url: str = ""
    older_url: str = ""

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def has_neighbours(self) -> bool:
        return bool(self.newer_url or self.older_url)


@dataclass(frozen=True)
class _Cursor:
    """The row next to the page; no values means the first or last page."""

    values: tuple[Any, ...] = ()
    backwards: bool = False


def page_of(
    rows: QuerySet[Row],
    request: HttpRequest,
    *,
    order: Sequence[str],
    size: int = PAGE_SIZE,
    keep: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> Page[Row]:
    """Return the page of the queryset that the request names.

    Args:
        rows: the whole list, in any order.
        order: the columns that order it, all ascending or all descending ("-sort_date", "-id"),
            unique together and not null.
        size: how many rows a page has.
        keep: the list's own query parameters, kept in the links to other pages. Others are
            dropped, so that nobody can plant text in the links.
        columns: the columns or annotations to filter and order by, in the same order: annotations
            with the same values whose index serves the list.

    Runs one query (and the queryset's prefetches). Raises Http404 for an invalid cursor.
    """
    cursor = _cursor_of(request.GET, rows.model, order)
    found = list(_window(rows, order, cursor, columns or _columns(order))[: size + 1])
    page = found[:size]
    if cursor.backwards:
        page.reverse()
    newer, older = _has_neighbours(cursor, has_more=len(found) > size)
    here = _Addresses(request, order, keep)
    if not page:
        return Page(page, newer_url=here.of_start() if newer or older else "")
    return Page(
        rows=page,
        newer_url=here.next_to(page[0], "before") if newer else "",
        older_url=here.next_to(page[-1], "after") if older else "",
    )


def _has_neighbours(cursor: _Cursor, *, has_more: bool) -> tuple[bool, bool]:
    """Return whether there is a previous and a next page: on the cursor's side there is its own
    row.
    """
    return (has_more, True) if cursor.backwards else (bool(cursor.values), has_more)


def _window(
    rows: QuerySet[Row], order: Sequence[str], cursor: _Cursor, columns: Sequence[str]
) -> QuerySet[Row]:
    downwards = order[0].startswith("-") != cursor.backwards
    if cursor.values:
        beyond = TupleLessThan if downwards else TupleGreaterThan
        rows = rows.filter(beyond(Tuple(*[F(name) for name in columns]), cursor.values))
    return rows.order_by(*[f"-{name}" if downwards else name for name in columns])


def _columns(order: Sequence[str]) -> list[str]:
    return [name.removeprefix("-") for name in order]


def _cursor_of(query: QueryDict, model: type[Model], order: Sequence[str]) -> _Cursor:
    named = [(name, text) for name in ("before", "after") for text in query.getlist(name)]
    if not named:
        return _Cursor()
    try:
        [(name, text)] = named
        return _Cursor(_parsed(text, model, order), backwards=name == "before")
    except (ValidationError, ValueError, OverflowError) as error:
        raise Http404(_("This page of the list does not exist.")) from error


def _parsed(text: str, model: type[Model], order: Sequence[str]) -> tuple[Any, ...]:
    if len(text) > _CURSOR_MAX_LENGTH or "\0" in text:
        raise ValueError(text)
    columns = _columns(order)
    fields = [model._meta.get_field(name) for name in columns]
    parts = zip(fields, text.split(_SEPARATOR), strict=True)
    return tuple(_value(field, part) for field, part in parts)


def _value(field: Any, text: str) -> Any:
    """Return the column's value from a cursor; raises ValueError unless it is in its normal
    spelling.

    That also refuses values that Python parses and PostgreSQL does not: offsets of a day, Arabic
    digits.
    """
    value = getattr(field, "output_field", field).to_python(unquote(text))
    if _text(value) != text or (isinstance(value, int) and not 0 <= value <= _BIGGEST_ID):
        raise ValueError(text)
    return value


def _text(value: Any) -> str:
    """Return a column's value as a cursor spells it: moments in UTC, no separator within names."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return str(value).replace("%", "%25").replace(_SEPARATOR, "%7E")


@dataclass(frozen=True)
class _Addresses:
    """The URLs of a list's pages."""

    request: HttpRequest
    order: Sequence[str]
    keep: Sequence[str]

    def of_start(self) -> str:
        """Return the URL of the first page."""
        return self._with([])

    def next_to(self, row: Model, direction: str) -> str:
        """Return the URL of the page that ends before or starts after the row."""
        values = [getattr(row, name) for name in _columns(self.order)]
        return self._with([(direction, _SEPARATOR.join(_text(value) for value in values))])

    def _with(self, cursor: list[tuple[str, str]]) -> str:
        query = self.request.GET
        kept = [(name, text) for name in self.keep for text in query.getlist(name)]
        parameters = urlencode([*kept, *cursor])
        return f"{self.request.path}?{parameters}" if parameters else self.request.path
