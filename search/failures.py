"""What is answered where a search failed: 400 if it cannot be asked, 503 if it took too long."""

from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from search.limits import TooSlowError

# Seconds after which the same search may succeed.
RETRY_AFTER = 10
Answer = TypeVar("Answer", bound=HttpResponse)


def refusal(request: HttpRequest, context: dict[str, Any], error: Exception) -> HttpResponse:
    """Return the page that says why, with the search box as it was filled in."""
    context = {**context, "is_slow": isinstance(error, TooSlowError)}
    return unread(render(request, "search/failed.html", context), error)


def unread(answer: Answer, error: Exception) -> Answer:
    """Say by status and headers that the answer is none, and when to ask again."""
    is_slow = isinstance(error, TooSlowError)
    answer.status_code = 503 if is_slow else 400
    answer.headers["Cache-Control"] = "no-store"
    if is_slow:
        answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer
