"""Migration operation that creates the triggers for a row count."""

from typing import Any

from django.db.migrations.operations.base import Operation, OperationCategory

from foundation.kept.enums import Counted

# Names of tables and columns come from migrations, but never from a person.
_KEEP = """
    CREATE FUNCTION count_{kind}() RETURNS TABLE (thing bigint, number bigint)
    LANGUAGE sql STABLE AS $$
        SELECT {of}, count(*) FROM {table} WHERE {condition} GROUP BY 1
    $$;

    CREATE FUNCTION count_{kind}_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO counts_keptcount (kind, of, number, is_sum)
        SELECT '{kind}', {of}, count(*), false FROM new_rows WHERE {condition} GROUP BY 2;
        RETURN NULL;
    END
    $$;

    CREATE FUNCTION count_{kind}_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO counts_keptcount (kind, of, number, is_sum)
        SELECT '{kind}', {of}, -count(*), false FROM old_rows WHERE {condition} GROUP BY 2;
        RETURN NULL;
    END
    $$;

    CREATE FUNCTION count_{kind}_truncated() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM counts_keptcount WHERE kind = '{kind}';
        RETURN NULL;
    END
    $$;

    CREATE TRIGGER count_{kind}_inserted AFTER INSERT ON {table}
        REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION count_{kind}_inserted();
    CREATE TRIGGER count_{kind}_deleted AFTER DELETE ON {table}
        REFERENCING OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION count_{kind}_deleted();
    CREATE TRIGGER count_{kind}_truncated AFTER TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION count_{kind}_truncated();

    -- The triggers hold the table against writers until this transaction ends.
    INSERT INTO counts_keptcount (kind, of, number, is_sum)
    SELECT '{kind}', thing, number, true FROM count_{kind}();
"""
# Where a row can change sides. Nearly always none does, and nothing is written.
_KEEP_AT_UPDATES = """
    CREATE FUNCTION count_{kind}_updated() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO counts_keptcount (kind, of, number, is_sum)
        SELECT '{kind}', thing, sum(step), false FROM (
            SELECT {of} AS thing, 1 AS step FROM new_rows WHERE {condition}
            UNION ALL
            SELECT {of}, -1 FROM old_rows WHERE {condition}
        ) AS changed GROUP BY thing HAVING sum(step) <> 0;
        RETURN NULL;
    END
    $$;
    CREATE TRIGGER count_{kind}_updated AFTER UPDATE ON {table}
        REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION count_{kind}_updated();
"""
_LEAVE = """
    DROP TRIGGER count_{kind}_inserted ON {table};
    DROP TRIGGER count_{kind}_deleted ON {table};
    DROP TRIGGER count_{kind}_truncated ON {table};
    DROP FUNCTION count_{kind}_inserted();
    DROP FUNCTION count_{kind}_deleted();
    DROP FUNCTION count_{kind}_truncated();
    DROP FUNCTION count_{kind}();
    DROP FUNCTION IF EXISTS count_{kind}_updated() CASCADE;
    DELETE FROM counts_keptcount WHERE kind = '{kind}';
"""


class KeepCount(Operation):
    """Maintain the number of rows of a table, or the number for each object.

    Args:
        kind: a value of `Counted`.
        table: the table's name.
        of: the column with the thing's id; without one all rows are counted together.
        condition: which rows count, in SQL over the table's columns; all where none is given.
    """

    reversible = True
    category = OperationCategory.SQL

    def __init__(self, kind: str, table: str, *, of: str = "", condition: str = ""):
        self.kind = Counted(kind).value
        self.table = table
        self.of = of
        self.condition = condition

    def deconstruct(self) -> tuple[str, tuple[str, ...], dict[str, Any]]:
        options = {"of": self.of, "condition": self.condition}
        return type(self).__name__, (self.kind, self.table), options

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change no model."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        schema_editor.execute(self._filled(_KEEP))
        if self.of or self.condition:
            schema_editor.execute(self._filled(_KEEP_AT_UPDATES))

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        schema_editor.execute(self._filled(_LEAVE))

    def describe(self) -> str:
        return f"Keep the count of {self.kind}"

    def _filled(self, sql: str) -> str:
        return sql.format(
            kind=self.kind,
            table=self.table,
            of=self.of or "0::bigint",
            condition=self.condition or "true",
        )
