"""What answers at an address that no row has now: a 301 to the row that had it before, or a 404."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponsePermanentRedirect


def _page_of(row: Any) -> str:
    return str(row.get_absolute_url())


def moved_or_missing(
    rows: QuerySet[Any], message: str, *, address: Callable[[Any], str] = _page_of
) -> HttpResponsePermanentRedirect:
    """Return the redirect to the page of the first row; its new address is always a live one.

    Args:
        rows: what had the address before: `Speaker.objects.at_old_address(slug)`.
        message: what the page of a 404 says is missing, translated.
        address: what is at the address of a row; its page where nothing else is said.

    Runs one query. Raises Http404 where there is no such row.
    """
    row = rows.first()
    if row is None:
        raise Http404(message)
    return HttpResponsePermanentRedirect(address(row))
