"""Decorators for public pages: the same response for everybody, so the page cache may store it.

Public pages are read-only: other methods are refused before anything is read.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.encoding import iri_to_uri
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponseBase]
# The parameters of lists in pages (`foundation.pages.paging`).
CURSOR = ("before", "after")


def read_only(view: View) -> View:
    """Let a view answer GET and HEAD only; other methods get 405.

    Exempt from CSRF checks, since nothing is written: a POST without a token would be answered 403.
    """
    return csrf_exempt(require_safe(view))


def public_page(*parameters: str) -> Callable[[View], View]:
    """Declare that a view's page depends only on the database, the path and these query
    parameters.

    The view sees no other parameter, so that none can change the page or be repeated on it. Of the
    clock it may use the day, and which recaps are published; nothing else (ADR 21). The view is
    `read_only`.
    """

    def declared(view: View) -> View:
        @read_only
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **values: Any) -> HttpResponseBase:
            request.GET = listed(request.GET, parameters)  # type: ignore[assignment]  # -- typed immutable
            return with_query(view(request, *args, **values), request)

        page.page_parameters = parameters  # type: ignore[attr-defined]  # -- what the cache looks for
        return page

    return declared


def with_query(response: Any, request: HttpRequest) -> Any:
    """Add the request's query string to a redirect; return the response."""
    query = request.META.get("QUERY_STRING", "")
    if query and response.status_code == 301 and "?" not in response.headers["Location"]:
        response.headers["Location"] += f"?{iri_to_uri(query.encode('latin-1'))}"
    return response


def listed(query: QueryDict, parameters: Sequence[str]) -> QueryDict:
    """Return the named parameters of a query, sorted by name, and no others."""
    kept = QueryDict(mutable=True)
    for name in parameters:
        if name in query:
            kept.setlist(name, query.getlist(name))
    kept._mutable = False
    return kept
