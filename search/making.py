"""What search documents are made with: the server, our rules, the site's zone.

Stemmers differ between major versions of PostgreSQL, and a recap of a conference without days has
that of its publication in the site's zone. So each document says what it was made with; one made
otherwise than it would be now is found by an index, and made anew by `check_kept --mend`.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.conf import settings
from django.db import connections
from django.db.utils import DEFAULT_DB_ALIAS
from django.utils.translation import gettext as _

from foundation.kept.registry import long_query

# `<>` would read the whole table.
_OTHERWISE_MADE = """
    SELECT made_with, count(*) FROM search_searchdocument
    WHERE made_with < search_made_with() OR made_with > search_made_with()
    GROUP BY made_with ORDER BY made_with
"""
_ANY_OTHERWISE_MADE = """
    SELECT EXISTS (SELECT FROM search_searchdocument WHERE made_with < search_made_with())
        OR EXISTS (SELECT FROM search_searchdocument WHERE made_with > search_made_with())
"""


@dataclass(frozen=True)
class OtherMaking:
    """What some documents were made with, and how many; it is not what they would be made with."""

    made_with: str
    documents: int

    def __str__(self) -> str:
        return f"{self.made_with or _('older rules')}: {self.documents}"


def keep_zone(
    app_config: AppConfig | None = None,
    *,
    using: str = DEFAULT_DB_ALIAS,
    apps: Any = installed_apps,
    **_options: Any,
) -> None:
    """Tell the database the site's zone. Receives `post_migrate` of its application."""
    try:
        zones = apps.get_model("search", "SiteZone").objects.using(using)
    except LookupError:  # a migration state without it
        return
    zones.update_or_create(pk=1, defaults={"time_zone": settings.TIME_ZONE})


def zone_is_kept(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Tell whether the database knows the zone that the settings name. One query."""
    zones = installed_apps.get_model("search", "SiteZone").objects.using(using)
    return bool(zones.filter(time_zone=settings.TIME_ZONE).exists())


def otherwise_made() -> list[OtherMaking]:
    """Return what documents were made with that would be made otherwise now. One query."""
    return [OtherMaking(*row) for row in long_query(_OTHERWISE_MADE)]


def any_otherwise_made(using: str) -> bool:
    """Tell whether any document would be made otherwise now. One query: two looks at an index."""
    with connections[using].cursor() as cursor:
        cursor.execute(_ANY_OTHERWISE_MADE)
        return bool(cursor.fetchone()[0])
