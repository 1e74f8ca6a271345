"""A fresh database for a benchmark, on the server that the settings name, dropped at the end."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

NAME = "notes_bench"


@contextmanager
def scratch_database() -> Iterator[None]:
    """Make a database with all tables, let the ORM use it, and drop it again.

    One that an interrupted run left behind is replaced. The library's own database is not
    touched.
    """
    own = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = NAME
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(own, verbosity=0)


def settle() -> None:
    """Have the server count and clean what was written."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM (ANALYZE)")
