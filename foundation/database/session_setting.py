"""Sets a PostgreSQL setting on one connection for the duration of a block."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import InterfaceError, OperationalError

_SET = "SELECT set_config(%s, %s, false)"


@contextmanager
def session_setting(connection: Any, name: str, value: str) -> Iterator[None]:
    """Set it within the block, and restore the former value afterwards. Outside of transactions
    only.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        (before,) = cursor.fetchone()
        cursor.execute(_SET, [name, value])
    try:
        yield
    finally:
        try:
            with connection.cursor() as cursor:
                cursor.execute(_SET, [name, before])
        except (OperationalError, InterfaceError):
            connection.close()
