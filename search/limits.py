"""How long a search may take: what is too much for the database is refused, and never a fault."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DataError, InternalError, OperationalError, connection, transaction

LONGEST_STATEMENT = "800ms"
# For the transaction. Compiling takes longer than searching. Whether a text answers is much dearer
# than the planner thinks, so it must not read texts one by one, nor again for want of memory; and
# what belongs to a few documents is looked up, never found by reading whole tables.
_SETTINGS = {
    "statement_timeout": LONGEST_STATEMENT,
    "jit": "off",
    "cpu_operator_cost": "0.1",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "max_parallel_workers_per_gather": "0",
    "work_mem": "32MB",
}
_SET = "SELECT " + ", ".join("set_config(%s, %s, true)" for _name in _SETTINGS)
_QUERY_CANCELED = "57014"


class TooComplicatedError(Exception):
    """The database gave up on a search: it took too long, or cannot be asked at all."""


@contextmanager
def search_limits() -> Iterator[None]:
    """Let no statement inside run for long, and have the database go by its indexes.

    Raises TooComplicatedError where PostgreSQL refuses or cuts one off. A transaction: all
    statements inside see the library at one moment but for what is committed in between.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(_SET, [text for setting in _SETTINGS.items() for text in setting])
            yield
    except (DataError, InternalError) as error:
        raise TooComplicatedError from error
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") == _QUERY_CANCELED:
            raise TooComplicatedError from error
        raise
