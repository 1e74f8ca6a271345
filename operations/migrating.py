"""Which migrations of the code a database does not have yet."""

from functools import cache

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def unapplied_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the migrations that the database does not have, as "app.name", sorted. Two queries."""
    applied = MigrationRecorder(connection).applied_migrations()
    return [f"{app}.{name}" for app, name in sorted(_of_the_code() - applied.keys())]


@cache
def _of_the_code() -> frozenset[tuple[str, str]]:
    """Return those in the code; read once a process, since reading them imports every one."""
    return frozenset(MigrationLoader(None).disk_migrations)
