"""Lists the migrations of the code that a database lacks."""

from functools import cache

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def unapplied_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the unapplied migrations as "app.name", sorted. Two queries."""
    applied = MigrationRecorder(connection).applied_migrations()
    return [f"{app}.{name}" for app, name in sorted(_of_the_code() - applied.keys())]


@cache
def _of_the_code() -> frozenset[tuple[str, str]]:
    """Return the migrations in the code; read once a process, since that imports every one."""
    return frozenset(MigrationLoader(None).disk_migrations)
