"""One import writes at a time, for as long as it needs."""

from django.db import connection

# Any number that nothing else uses. Two imports of different events may meet in a speaker or a
# tag, so there is one lock for all of them and not one per event.
_IMPORT_LOCK = 5_872_203_915_448_701
# Pages are cut off sooner (see settings); a big import, or one that waits for another, is not.
_LIMIT = "30min"


def wait_for_other_imports() -> None:
    """Lift the transaction's time limits and wait until no other import writes. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(name, %s, true) FROM unnest(%s) AS name",
            [
                _LIMIT,
                ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"],
            ],
        )
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORT_LOCK])
