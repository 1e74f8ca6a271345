"""A check of the database: search is as this server, these rules and this zone would make it."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Warn
from django.db import connections

from search.making import any_otherwise_made, zone_is_kept
from search.models import SiteZone


@register(Tags.database)
def check_search_documents(
    *, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Report documents that a server, rules or a zone made which are no longer ours."""
    return [_message() for alias in databases or [] if _is_made_otherwise(alias)]


def _is_made_otherwise(alias: str) -> bool:
    if SiteZone._meta.db_table not in connections[alias].introspection.table_names():
        return False  # not migrated so far
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT to_regproc('search_made_with') IS NOT NULL")
        is_migrated = cursor.fetchone()[0]
    return is_migrated and (not zone_is_kept(alias) or any_otherwise_made(alias))


def _message() -> CheckMessage:
    return Warn(
        "Search was made by another PostgreSQL, by older rules or for another TIME_ZONE.",
        hint="Run `manage.py check_kept --mend`; `manage.py check_kept` says more.",
        id="search.W001",
    )
