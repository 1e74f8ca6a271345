"""Migration operations: triggers that change the content version when readers see a change."""

from typing import Any

from django.db import transaction
from django.db.migrations.operations.base import Operation, OperationCategory

# Another table's name may come from another migration, but never from a person.
_WATCH = """
    CREATE TRIGGER content_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE {columns}
    ON {table} FOR EACH STATEMENT EXECUTE FUNCTION content_changed()
"""
_LEAVE = "DROP TRIGGER content_changed ON {table}"

# Readers see a row that was changed where they saw it before, or see it now.
_WATCH_ROWS = """
    CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE is_seen boolean;
    BEGIN
        IF current_setting('notes.content_changed', true) = 'yes' THEN
            RETURN NULL;
        END IF;
        IF TG_OP = 'INSERT' THEN
            is_seen := EXISTS (SELECT FROM after_it AS seen WHERE {condition});
        ELSIF TG_OP = 'DELETE' THEN
            is_seen := EXISTS (SELECT FROM before_it AS seen WHERE {condition});
        ELSIF (SELECT count(*) FROM (SELECT FROM after_it LIMIT {few} + 1) AS few) > {few} THEN
            is_seen := true; -- to compare so many would take longer than to make the pages anew
        ELSE
            is_seen := EXISTS (
                SELECT FROM before_it AS was FULL JOIN after_it AS seen USING ({key})
                WHERE ({was}) IS DISTINCT FROM ({now}) AND ({condition} OR EXISTS (
                    SELECT FROM before_it AS seen WHERE seen.{key} = was.{key} AND {condition}))
            );
        END IF;
        IF is_seen THEN
            PERFORM change_content_version();
        END IF;
        RETURN NULL;
    END
    $$;
    CREATE TRIGGER content_changed AFTER TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION content_changed();
    CREATE TRIGGER content_changed_insert AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS after_it FOR EACH STATEMENT EXECUTE FUNCTION {function}();
    CREATE TRIGGER content_changed_update AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS before_it NEW TABLE AS after_it
    FOR EACH STATEMENT EXECUTE FUNCTION {function}();
    CREATE TRIGGER content_changed_delete AFTER DELETE ON {table}
    REFERENCING OLD TABLE AS before_it FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""
_LEAVE_ROWS = """
    DROP TRIGGER IF EXISTS content_changed ON {table};
    DROP TRIGGER IF EXISTS content_changed_insert ON {table};
    DROP TRIGGER IF EXISTS content_changed_update ON {table};
    DROP TRIGGER IF EXISTS content_changed_delete ON {table};
    DROP FUNCTION IF EXISTS {function}();
"""
_FEW = 1000


class WatchTables(Operation):
    """Have every statement that writes one of the tables change the content version.

    Migrations before page_cache 0007 use it; newer ones use `WatchRows`.

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


class WatchRows(Operation):
    """Have each statement that changes rows readers see change the content version.

    A statement that touches no row, or writes what was there, changes nothing. An update of more
    than a thousand rows counts without a look at them.

    It takes the place of triggers that are there, in a transaction of its own: a migration that
    is not atomic holds one table at a time, and can be run again after it was killed.

    Args:
        table: the table's name.
        key: the column that tells its rows apart.
        columns: the columns that pages show; all where none is named.
        seen: SQL that tells of a row, called `seen`, whether a page may show it; each where none
            is given.
        instead: the columns of the `WatchTables` to which going back returns, an empty tuple for
            all; None where the table had none.
    """

    reversible = True
    category = OperationCategory.SQL

    def __init__(
        self,
        table: str,
        *,
        key: str = "id",
        columns: tuple[str, ...] = (),
        seen: str = "true",
        instead: tuple[str, ...] | None = None,
    ):
        self.table, self.key = table, key
        self.columns, self.seen, self.instead = columns, seen, instead

    def deconstruct(self) -> tuple[str, tuple[str, ...], dict[str, Any]]:
        names = ("key", "columns", "seen", "instead")
        return type(self).__name__, (self.table,), {name: getattr(self, name) for name in names}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change no model."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        with transaction.atomic(schema_editor.connection.alias):
            schema_editor.execute(self._filled(_LEAVE_ROWS))
            schema_editor.execute(self._filled(_WATCH_ROWS))

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        with transaction.atomic(schema_editor.connection.alias):
            schema_editor.execute(self._filled(_LEAVE_ROWS))
            if self.instead is not None:
                columns = f"OF {', '.join(self.instead)}" if self.instead else ""
                schema_editor.execute(_WATCH.format(table=self.table, columns=columns))

    def _filled(self, sql: str) -> str:
        was, now = (
            ", ".join(f"{row}.{column}" for column in self.columns or ("*",))
            for row in ("was", "seen")
        )
        return sql.format(
            table=self.table,
            key=self.key,
            function=f"content_changed_in_{self.table}",
            condition=f"({self.seen})",
            few=_FEW,
            was=f"ROW({was})",
            now=f"ROW({now})",
        )

    def describe(self) -> str:
        return f"Watch the rows of {self.table} that readers see"
