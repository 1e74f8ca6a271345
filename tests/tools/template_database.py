"""A migrated database that the databases of tests are copies of, made once per migration state.

Migrating takes each worker fourteen seconds, a copy one. The template's name has a digest of all
files that say what migrating makes; where it is another, a new template takes the old one's place.
"""

import ast
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

PREFIX = "template_notes_"
# Any number of workers ask for the template at once; one of them makes it.
_LOCK = 1_862_040_711


def migrated_template() -> str:
    """Return the name of the template, which is made where there is none."""
    name = f"{PREFIX}{_digest()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        found = {row[0] for row in cursor.fetchall()}
        if name not in found:
            _make(cursor, name, found)
    return name


def plan_once() -> None:
    """Let functions of the database keep their plans from the first call on.

    Each row that a test makes runs triggers, which plan five times before they keep a plan: a third
    of the database's work for tests.
    """
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" SET plan_cache_mode = force_generic_plan')
    connection.close()


def _make(cursor: Any, name: str, old: set[str]) -> None:
    """Migrate under another name: a half-made template never has the name."""
    for each in old:
        cursor.execute(f'DROP DATABASE "{each}" WITH (FORCE)')
    unready = f"{PREFIX}unready"
    cursor.execute(f'CREATE DATABASE "{unready}"')
    with _connected_to(unready):
        call_command("migrate", verbosity=0, interactive=False)
    cursor.execute(f'ALTER DATABASE "{unready}" RENAME TO "{name}"')
    # Nobody can be connected to it, nor autovacuum: a database in use is not copied.
    cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    known = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = known


def _digest() -> str:
    digest = hashlib.sha256(django.__version__.encode())
    for path in sorted(_sources()):
        digest.update(f"{path}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _sources() -> set[Path]:
    """Return the migrations of all applications with their SQL, what sends rows after them
    (`apps.py` names it), and the modules of ours that these import."""
    homes = [Path(app.path) for app in apps.get_app_configs()]
    files = {path for home in homes for path in home.glob("migrations/**/*.*")}
    files |= {path for home in homes for path in home.glob("apps.py")}
    files = {path for path in files if path.suffix in {".py", ".sql"}}
    scripts = [path for path in files if path.suffix == ".py" and _is_ours(path)]
    return files | {found for path in scripts for found in _imported(path)}


def _imported(path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            place = settings.BASE_DIR / name.replace(".", "/")
            yield from (p for p in (place.with_suffix(".py"), place / "__init__.py") if p.exists())


def _is_ours(path: Path) -> bool:
    return path.is_relative_to(settings.BASE_DIR) and ".venv" not in path.parts
