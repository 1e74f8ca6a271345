"""System checks that need the database: `manage.py check --database default`, and `migrate`.

A server whose locale is plain C cannot fold or split text outside ASCII: searching for "Ärger"
would not find "ärger". That cannot be changed later, so it is said early.
"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

OLDEST_SERVER = 14
_QUESTIONS = """
    SELECT current_setting('server_version_num')::int / 10000,
           lower('ÉЖ') = 'éж' AND 'Ärger' ILIKE 'ärger',
           to_tsvector('simple', '“né”') = 'né:1'::tsvector
"""


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
    """Return what is wrong with a server of this major version and these abilities."""
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
