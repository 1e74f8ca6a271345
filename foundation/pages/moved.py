"""Redirects for old URLs: a 301 to the row that had the URL before, or a 404."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponsePermanentRedirect


def _page_of(row: Any) -> str:
    return str(row.get_absolute_url())


def moved_or_missing(
    rows: QuerySet[Any], message: str, *, address: Callable[[Any], str] = _page_of
) -> HttpResponsePermanentRedirect:
    """Return the redirect to the page of the first row.

    Args:
        rows: those that had the URL before: `Speaker.objects.at_old_address(slug)`.
        message: the text of the 404 page, translated.
        address: returns a row's present URL; the row's page by default.

    Runs one query. Raises Http404 where there is no such row.
    """
    row = rows.first()
    if row is None:
        raise Http404(message)
    return HttpResponsePermanentRedirect(address(row))
