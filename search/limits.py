"""How long a search may take: what is too much for the database is refused, and never a fault."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DataError, InternalError, OperationalError, connection, transaction

LONGEST_STATEMENT = "800ms"
_QUERY_CANCELED = "57014"


class TooComplicatedError(Exception):
    """The database gave up on a search: it took too long, or cannot be asked at all."""


@contextmanager
def search_limits() -> Iterator[None]:
    """Let no statement inside run for long, nor be compiled first, which takes longer still.

    Raises TooComplicatedError where PostgreSQL refuses or cuts one off. A transaction: all
    statements inside see the library at one moment but for what is committed in between.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = %s", [LONGEST_STATEMENT])
                cursor.execute("SET LOCAL jit = off")
            yield
    except (DataError, InternalError) as error:
        raise TooComplicatedError from error
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") == _QUERY_CANCELED:
            raise TooComplicatedError from error
        raise
