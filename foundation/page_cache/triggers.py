"""Migration operation: triggers that change the content version when tables are written."""

from typing import Any

from django.db.migrations.operations.base import Operation, OperationCategory

# Another table's name may come from another migration, but never from a person.
_WATCH = """
    CREATE TRIGGER content_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE {columns}
    ON {table} FOR EACH STATEMENT EXECUTE FUNCTION content_changed()
"""
_LEAVE = "DROP TRIGGER content_changed ON {table}"


class WatchTables(Operation):
    """Change the content version with every statement that writes one of the tables.

    Args:
        tables: the tables' names.
        columns: the columns whose updates count; all where none is named.
    """

    reversible = True
    category = OperationCategory.SQL

    def __init__(self, *tables: str, columns: tuple[str, ...] = ()):
        self.tables = tables
        self.columns = columns

    def deconstruct(self) -> tuple[str, tuple[str, ...], dict[str, Any]]:
        return type(self).__name__, self.tables, {"columns": self.columns}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change no model."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        columns = f"OF {', '.join(self.columns)}" if self.columns else ""
        for table in self.tables:
            schema_editor.execute(_WATCH.format(table=table, columns=columns))

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for table in self.tables:
            schema_editor.execute(_LEAVE.format(table=table))

    def describe(self) -> str:
        return f"Watch {', '.join(self.tables)}"
