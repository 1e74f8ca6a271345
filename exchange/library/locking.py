"""Locks of imports: one import writes at a time, for as long as it needs; people may write at any
time.

A row that an import has read may be deleted before its next statement. So it locks the rows it will
write when it reads them, and starts the event again (`ReadAgain`) if one is gone.
"""

from typing import TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)

# Any number that nothing else uses. Two imports of different events may meet in a speaker or a
# tag, so there is one lock for all of them and not one per event.
_IMPORT_LOCK = 5_872_203_915_448_701
# Pages are cut off sooner (see settings); a big import, or one that waits for another, is not.
_LIMIT = "30min"


def wait_for_other_imports() -> None:
    """Lift the transaction's time limits and wait for other imports. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(name, %s, true) FROM unnest(%s) AS name",
            [
                _LIMIT,
                ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"],
            ],
        )
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORT_LOCK])


class ReadAgain(Exception):  # noqa: N818 -- it is no fault: a person deleted something
    """A row that this transaction has read is gone: import the event again."""


def locked(rows: models.QuerySet[Row]) -> models.QuerySet[Row]:
    """Lock the rows when they are read: nobody changes or deletes them until the
    transaction ends.
    """
    return rows.select_for_update(of=("self",), no_key=True)


def locked_row(rows: models.QuerySet[Row]) -> Row:
    """Load and lock the first of the rows. Raises ReadAgain if there is none any more."""
    row = locked(rows).first()
    if row is None:
        raise ReadAgain
    return row
