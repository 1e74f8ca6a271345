"""Long lists of ids in queries: one constant each, which PostgreSQL looks up or hashes."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, F, Func, Q, Value


def listed(ids: Iterable[int]) -> str:
    """Return the ids as PostgreSQL writes an array."""
    return "{" + ",".join(map(str, ids)) + "}"


def among(column: str, ids: Iterable[int]) -> Q:
    """Return the condition that the column holds one of the ids.

    Django's own `__in` makes a parameter of each, and the planner would treat each as well.
    """
    return Q(_Among(F(column), Value(listed(ids))))


class _Among(Func):
    """Whether an id is in a list."""

    template = "(%(expressions)s::bigint[]))"
    arg_joiner = " = ANY ("
    output_field: Any = BooleanField()
