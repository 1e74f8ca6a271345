"""Rows that several tests read and none changes: made once, in a transaction around theirs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def shared_rows(blocker: Any, make: Callable[[], Any]) -> Iterator[Any]:
    """Make the rows, and take them back at the end. What a test writes goes at its own end.

    Args:
        blocker: pytest-django's `django_db_blocker`; the fixture asks for `django_db_setup` too.
    """
    rows = transaction.atomic()
    with blocker.unblock():
        rows.__enter__()
        made = make()
    try:
        yield made
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            rows.__exit__(None, None, None)
