"""Append-only history tables: PostgreSQL refuses to update or delete their rows.

This guards against mistakes, in code and at a prompt, not against people who may run any SQL.
Functions that have a reason to change history declare it for their own statements
(`history_may_change`). TRUNCATE, which `flush` uses, is left to operators. Why: ADR 41.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.migrations.operations.base import Operation, OperationCategory

APPEND_ONLY = {"django_admin_log", "recaps_recapversion"}

_MAY = "SELECT set_config('notes.history', %s, true)"
# Writing a row as it is changes nothing: that is how a dump is loaded again.
_GUARD = """
    CREATE OR REPLACE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF coalesce(current_setting('notes.history', true), '') = 'may change'
            OR (TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW) THEN
            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END IF;
        RAISE restrict_violation USING
            MESSAGE = format('%s is history: rows are added, never changed', TG_TABLE_NAME);
    END
    $$;
    CREATE TRIGGER history_is_kept BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
"""
_LEAVE = "DROP TRIGGER history_is_kept ON {table}"


@contextmanager
def history_may_change() -> Iterator[None]:
    """Allow the statements within the block to change and delete history. Two extra queries.

    If the block raises, its transaction or savepoint is rolled back, and the permission with it.
    """
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(_MAY, ["may change"])
        yield
        cursor.execute(_MAY, [""])


class AppendOnly(Operation):
    """Make a table append-only."""

    reversible = True
    category = OperationCategory.SQL

    def __init__(self, table: str):
        self.table = table

    def deconstruct(self) -> tuple[str, tuple[str, ...], dict[str, Any]]:
        return type(self).__name__, (self.table,), {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change no model."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        schema_editor.execute(_GUARD.replace("{table}", self.table), params=None)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        schema_editor.execute(_LEAVE.format(table=self.table))

    def describe(self) -> str:
        return f"Keep the history in {self.table}"
