"""Everything a database holds, to tell whether something wrote to it."""

from django.apps import apps
from django.db import connection


def all_rows() -> dict[str, list[tuple[str, str]]]:
    """Return each table's rows with where they lie, which changes even when a row is rewritten."""
    rows = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT ctid::text, t::text FROM {table} t ORDER BY 1, 2")
            rows[model._meta.label] = cursor.fetchall()
    return rows
