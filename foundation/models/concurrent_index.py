"""Migration operation that creates an index concurrently and can be run again after an
interruption.
"""

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently

from foundation.database.session_setting import session_setting

_IS_VALID = """
    SELECT indisvalid FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE relname = %s AND pg_table_is_visible(indexrelid)
"""


class AddConcurrentIndex(AddIndexConcurrently):
    """Create an index concurrently, unless it exists and is valid.

    An invalid index of an interrupted run is dropped first. The operation waits for older
    transactions as long as they take; nobody waits for it.
    """

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.collect_sql:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        self._ensure_not_in_transaction(schema_editor)
        with session_setting(schema_editor.connection, "lock_timeout", "0"):
            if not self._is_there(schema_editor.connection):
                super().database_forwards(app_label, schema_editor, from_state, to_state)

    def _is_there(self, connection: Any) -> bool:
        """Return whether a valid index exists. An invalid one is dropped."""
        with connection.cursor() as cursor:
            cursor.execute(_IS_VALID, [self.index.name])
            [is_valid] = cursor.fetchone() or [None]
            if is_valid is False:
                cursor.execute(f"DROP INDEX CONCURRENTLY {self.index.name}")
        return bool(is_valid)
