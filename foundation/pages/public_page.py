"""Pages that are the same for everybody: views declare them, and the page cache keeps them.

Whatever is public is only read: every other method is refused before anything is looked at.
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
    """Have a view answer GET and HEAD alone; any other method is told so with 405.

    Nothing is written, so no token is asked for: a POST without one would be answered 403.
    """
    return csrf_exempt(require_safe(view))


def public_page(*parameters: str) -> Callable[[View], View]:
    """Declare that a view makes its page from the database, the address and these parameters alone.

    The view sees no other parameter, so that none can change the page or be repeated on it. What
    it asks of the clock may be the day, and which recaps are published; nothing else (ADR 21).
    It is `read_only`.
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
    """Let a redirect to where a page is now keep what was asked of it; return the response."""
    query = request.META.get("QUERY_STRING", "")
    if query and response.status_code == 301 and "?" not in response.headers["Location"]:
        response.headers["Location"] += f"?{iri_to_uri(query.encode('latin-1'))}"
    return response


def listed(query: QueryDict, parameters: Sequence[str]) -> QueryDict:
    """Return the named parameters of a query in the order of the names, and nothing else."""
    kept = QueryDict(mutable=True)
    for name in parameters:
        if name in query:
            kept.setlist(name, query.getlist(name))
    kept._mutable = False
    return kept
