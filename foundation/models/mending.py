"""Migration operation that repairs days and moments outside the valid years
(`foundation.text.bounds`).

It compares in SQL and reads values as text: Python can hold neither the year 10000 nor infinity.
"""

import sys
from typing import Any

from django.db.migrations.operations.base import Operation, OperationCategory

# As they were when the operation was written: a migration goes on doing what it did.
_DAYS = "NOT {column} BETWEEN '1900-01-01' AND '2200-12-31'"
_MOMENTS = "NOT {column} BETWEEN '1900-01-02 00:00:00+00' AND '2200-12-30 00:00:00+00'"


class MendYears(Operation):
    """Replace impossible days and moments by possible ones, and print each former value.

    All columns of a row are repaired in one statement, so that no check refuses it halfway.

    Args:
        table: the table's name; its key is `id`.
        days: by the name of each column of days what an impossible one becomes, in SQL.
        moments: the same of moments.
        following: by the name of a further column the column after which it goes, and what it
            becomes, in SQL, where that one is mended.
    """

    reversible = True
    reduces_to_sql = False
    category = OperationCategory.SQL

    def __init__(
        self,
        table: str,
        *,
        days: dict[str, str] | None = None,
        moments: dict[str, str] | None = None,
        following: dict[str, tuple[str, str]] | None = None,
    ):
        self.table = table
        self.days = days or {}
        self.moments = moments or {}
        self.following = following or {}

    def deconstruct(self) -> tuple[str, tuple[str, ...], dict[str, Any]]:
        named = {"days": self.days, "moments": self.moments, "following": self.following}
        return type(self).__name__, (self.table,), {k: v for k, v in named.items() if v}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change no model."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        with schema_editor.connection.cursor() as cursor:
            for column in self._impossible():
                cursor.execute(self._listing(column))
                for key, old in cursor.fetchall():
                    sys.stdout.write(self._said(column, key, old))
            cursor.execute(self._statement())

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Leave repaired values as they are."""

    def describe(self) -> str:
        return f"Mend impossible days and moments in {self.table}"

    def _impossible(self) -> dict[str, str]:
        """Return the SQL condition for an impossible value, by column."""
        days = {column: _DAYS.format(column=column) for column in self.days}
        return days | {column: _MOMENTS.format(column=column) for column in self.moments}

    def _listing(self, column: str) -> str:
        wrong = self._impossible()[column]
        return f"SELECT id, {column}::text FROM {self.table} WHERE {wrong} ORDER BY id"  # noqa: S608 -- names from migrations

    def _said(self, column: str, key: int, old: str) -> str:
        new = (self.days | self.moments)[column]
        goes = [name for name, (after, _value) in self.following.items() if after == column]
        said = f"  {self.table} {key}: {column} was {old}, is now {new}"
        return said + "".join(f", and {name} {self.following[name][1]}" for name in goes) + "\n"

    def _statement(self) -> str:
        impossible = self._impossible()
        columns = {
            column: f"CASE WHEN {impossible[column]} THEN {new} ELSE {column} END"
            for column, new in (self.days | self.moments).items()
        }
        for column, (after, new) in self.following.items():
            own = columns.get(column, column)
            columns[column] = f"CASE WHEN {impossible[after]} THEN {new} ELSE {own} END"
        changes = ", ".join(f"{column} = {value}" for column, value in columns.items())
        return f"UPDATE {self.table} SET {changes} WHERE {' OR '.join(impossible.values())}"  # noqa: S608 -- names from migrations
