"""The days and moments of the site's own models, and which of them nobody can give."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, models, transaction

# PostgreSQL's triggers alone write these, from columns that are bounded.
KEPT_BY_TRIGGERS = {
    "recaps.RecapTopic.published_at",
    "search.SearchDocument.sort_date",
    "search.SearchDocument.visible_from",
    "search.SearchDocument.visible_until",
    "talks.EventRevision.changed_at",
    "talks.TaggedTalk.sort_date",
}


def own_models():
    """Return every model of every application that lies in this repository."""
    root = Path(settings.BASE_DIR)
    own = [a for a in apps.get_app_configs() if root in Path(a.path).parents]
    outside = {".venv", "node_modules"}
    return [m for a in own if not outside & set(Path(a.path).parts) for m in a.get_models()]


def moment_fields():
    """Return the fields that a person, a file, a program or a default can fill."""
    return [
        field
        for model in own_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.DateField) and not field.generated
        if str(field) not in KEPT_BY_TRIGGERS
    ]


def lift_bounds():
    """Drop the constraints of all bounded columns. In a test's transaction, before it makes rows:
    a table with rows that wait for their deferred checks cannot be altered."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)"
            " FROM pg_constraint WHERE conname LIKE '%%_is_within_the_years'"
        )
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)


def put(row, **columns):
    """Store values that Python may be unable to hold, given as PostgreSQL's text.

    Where search's triggers cannot hold them either, without these: so a restored database has them.
    """
    try:
        with transaction.atomic():
            _update(row, columns)
    except DatabaseError:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            _update(row, columns)
            cursor.execute("SET LOCAL session_replication_role = origin")


def _update(row, columns):
    changes = ", ".join(f"{name} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {row._meta.db_table} SET {changes} WHERE id = %s", [*columns.values(), row.pk]
        )
