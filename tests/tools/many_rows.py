"""Many rows at once for tests of plans: copies of one row, made by the database itself."""

import json
from typing import Any

from django.db import connection, models
from django.db.models import Model
from django.test.utils import CaptureQueriesContext


def multiply(row: Model, count: int, **columns: str) -> None:
    """Add copies of the row to its table, and vacuum the table.

    Args:
        columns: SQL for what differs, where `n` counts from 1: `slug="'recap-' || n"`.
    """
    fields = [field for field in row._meta.concrete_fields if not _made_by_database(field)]
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(columns.get(field.column, f'"{field.column}"') for field in fields)
    values = values.replace("%", "%%")
    table = row._meta.db_table
    with connection.cursor() as cursor:
        # Search is not asked in these tests, and would take longer than all the rest.
        cursor.execute("SET notes.search = 'paused'")
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} "
            f"FROM {table}, generate_series(1, %s) AS n WHERE id = %s",
            [count, row.pk],
        )
        cursor.execute("RESET notes.search")
        # Rows that tests before this one rolled back are few, so a plain VACUUM would leave them
        # in the indexes and their pages not all visible.
        cursor.execute(f"VACUUM (ANALYZE, INDEX_CLEANUP ON) {table}")


def plan_nodes(queries: CaptureQueriesContext, containing: str) -> list[dict[str, Any]]:
    """Return the nodes of the plan by which the one captured query with these words really ran."""
    [sql] = [query["sql"] for query in queries if containing in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")
        [explained] = cursor.fetchone()
    plans = json.loads(explained) if isinstance(explained, str) else explained
    return list(_nodes(plans[0]["Plan"]))


def _nodes(node: dict[str, Any]) -> Any:
    yield node
    for child in node.get("Plans", []):
        yield from _nodes(child)


def _made_by_database(field: models.Field) -> bool:
    return field.primary_key or isinstance(field, models.GeneratedField)
