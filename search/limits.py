"""Time limits of searches, and the error pages for searches that exceed them.

A query over the time limit answers 503: the server is busy, and the same query succeeds later. A
query that PostgreSQL refuses, whatever the load, answers that it is too complicated.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import DataError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.logs.request_context import request_context
from operations.turns import SEARCH, NoTurnError, turn_of_address

# Seconds, of all its statements and what is done between them.
LONGEST = 2.0
# Statements get the whole of what is left, but for so much: telling the database of each
# millisecond would take as long as many a statement.
_COARSE = 0.1
# For the transaction. Compiling takes longer than searching. Whether a text answers is much dearer
# than the planner thinks, so it must not read texts one by one, nor again for want of memory; and
# what belongs to a few documents is looked up, never found by reading whole tables.
_SETTINGS = {
    "jit": "off",
    "cpu_operator_cost": "0.1",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "max_parallel_workers_per_gather": "0",
    "work_mem": "32MB",
}
_SET = "SELECT " + ", ".join(["set_config(%s, %s, true)"] * (len(_SETTINGS) + 1))
_ALLOW = "SELECT set_config('statement_timeout', %s, true)"
_QUERY_CANCELED, _LOCK_NOT_AVAILABLE = "57014", "55P03"
# Of PostgreSQL's errors: a limit of the program, such as too deep a nesting.
_TOO_MUCH = "54"


class TooComplicatedError(Exception):
    """The database refuses this query, whatever the load."""


class TooSlowError(OperationalError):
    """The search exceeded its time limit. Uncaught, it is answered 503."""


class _Deadline:
    """Execute wrapper: gives each statement the time that is left, and starts none after the
    deadline.
    """

    def __init__(self) -> None:
        self._end = time.monotonic() + LONGEST
        self._allowed = LONGEST

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TooSlowError
        if left < self._allowed - _COARSE:
            self._allowed = left
            # Past Django's own cursor, which would ask this wrapper again.
            with connection.wrap_database_errors:
                context["cursor"].cursor.execute(_ALLOW, [_milliseconds(left)])
        return execute(sql, params, many, context)


@contextmanager
def search_limits() -> Iterator[None]:
    """Limit the queries within the block to `LONGEST` in all, and let the planner
    prefer indexes.

    Raises TooSlowError over the limit, or without a free place (`operations.turns`), and
    TooComplicatedError if PostgreSQL cannot answer. A transaction: all statements inside see the
    library at one moment but for what is committed in between.
    """
    settings = {**_SETTINGS, "statement_timeout": _milliseconds(LONGEST)}
    with _turn(), _in_our_words(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_SET, [text for setting in settings.items() for text in setting])
        with connection.execute_wrapper(_Deadline()):
            yield


@contextmanager
def if_time_is_left() -> Iterator[None]:
    """Let the queries within the block fail alone: raises TooSlowError, and earlier results stay
    valid.
    """
    with _in_our_words(), transaction.atomic():
        yield


@contextmanager
def _turn() -> Iterator[None]:
    try:
        with turn_of_address(SEARCH, request_context().address):
            yield
    except NoTurnError as error:
        raise TooSlowError from error


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except DataError as error:
        raise TooComplicatedError from error
    except OperationalError as error:
        code = getattr(error.__cause__, "pgcode", "") or ""
        if code in (_QUERY_CANCELED, _LOCK_NOT_AVAILABLE):
            raise TooSlowError from error
        if code.startswith(_TOO_MUCH):
            raise TooComplicatedError from error
        raise


def _milliseconds(seconds: float) -> str:
    return f"{max(1, round(1000 * seconds))}ms"


# Seconds after which the same search may succeed.
RETRY_AFTER = 10
Answer = TypeVar("Answer", bound=HttpResponse)


def refusal(request: HttpRequest, context: dict[str, Any], error: Exception) -> HttpResponse:
    """Return the error page, with the filled-in search form."""
    context = {**context, "is_slow": isinstance(error, TooSlowError)}
    return unread(render(request, "search/failed.html", context), error)


def unread(answer: Answer, error: Exception) -> Answer:
    """Set status and headers of an error response: no result, and when to retry."""
    is_slow = isinstance(error, TooSlowError)
    answer.status_code = 503 if is_slow else 400
    answer.headers["Cache-Control"] = "no-store"
    if is_slow:
        answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer
