"""System checks: the database server, its migrations, and the collected static files.

Checks that query the database run in `manage.py check --database default` and in `migrate`.

A server with the plain C locale cannot fold or split text outside ASCII: a search for "Ärger" would
not find "ärger". The locale cannot be changed later, so this is reported early.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from operations.migrating import unapplied_migrations
from operations.serving import SERVING

OLDEST_SERVER = 14
_QUESTIONS = """
    SELECT current_setting('server_version_num')::int / 10000,
           lower('ÉЖ') = 'éж' AND 'Ärger' ILIKE 'ärger',
           to_tsvector('simple', '“né”') = 'né:1'::tsvector
"""


@register()
def check_turns(**_: Any) -> list[CheckMessage]:
    """Warn if the lock files of heavy work (`operations.turns`) cannot be written."""
    there = Path(settings.TURNS_DIR)
    while not there.exists():
        there = there.parent
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return []
    text = f"{settings.TURNS_DIR} cannot be written: heavy work is bounded by each process alone."
    hint = "Give the site's user a folder of its own, and name it in VAR_DIR."
    return [checks.Warning(text, hint=hint, id="notes_site.W003")]


@register(Tags.database)
def check_server(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Report a server that is too old, or that cannot fold or split text outside ASCII."""
    return [message for alias in databases or [] for message in _messages(alias)]


def _messages(alias: str) -> list[CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute(_QUESTIONS)
        version, folds, splits = cursor.fetchone()
    return server_messages(version=version, folds=folds, splits=splits)


def server_messages(*, version: int, folds: bool, splits: bool) -> list[CheckMessage]:
    """Return the problems of a server with this major version and these abilities."""
    hint = "Make the database with a UTF-8 locale, such as C.UTF-8 or en_US.UTF-8."
    faults = [
        (
            version < OLDEST_SERVER,
            f"PostgreSQL {version} is too old: {OLDEST_SERVER} or newer.",
            "",
            1,
        ),
        (not folds, "The database cannot fold case outside ASCII.", hint, 2),
        (not splits, "The database cannot split text outside ASCII into words.", hint, 3),
    ]
    return [
        Error(text, hint=hint or None, id=f"notes_site.E{number:03}")
        for is_wrong, text, hint, number in faults
        if is_wrong
    ]


@register(SERVING, deploy=True)
def check_migrations(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Report a database that lacks migrations of this code. Not before `migrate` itself."""
    return [
        Error(
            f"The database lacks {len(missing)} migrations of this code, {missing[0]} first.",
            hint="Run manage.py migrate.",
            id="notes_site.E004",
        )
        for alias in databases or []
        if (missing := unapplied_migrations(connections[alias]))
    ]


@register(SERVING)
def check_static_files(**_: Any) -> list[CheckMessage]:
    """Report static files that were not collected: pages would have no styles.

    Also reports an unreadable manifest, which is read as soon as the storage is created.
    """
    try:
        is_there = _has_collected()
    except (OSError, ValueError) as error:
        return [
            checks.Warning(
                f"The static files in STATIC_ROOT {settings.STATIC_ROOT} cannot be read ({error}).",
                hint="Empty it, or set another one, and run manage.py collectstatic.",
                id="notes_site.W006",
            )
        ]
    if is_there:
        return []
    return [
        checks.Warning(
            f"No static files were collected in STATIC_ROOT {settings.STATIC_ROOT}.",
            hint="Run manage.py collectstatic.",
            id="notes_site.W005",
        )
    ]


def _has_collected() -> bool:
    """Return whether the manifest of collected files exists, or none is needed."""
    storage = staticfiles_storage
    if not isinstance(storage, ManifestFilesMixin):
        return True
    return Path(settings.STATIC_ROOT, storage.manifest_name).is_file()
