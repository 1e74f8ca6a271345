"""Rebuilds search documents, finds wrong ones, and checks what they were built with.

Triggers maintain them; this is for changes that bypass triggers: a table restored on its own, a
disabled trigger, SQL typed by hand.

Stemmers differ between major versions of PostgreSQL, and a recap of a conference without days has
the day of its publication in the site's time zone. So each document records what it was built with:
the server, the rules, the zone. Documents built with anything else than the present ones are found
by an index, reported by a system check, and rebuilt by `check_kept --mend`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Warn
from django.db import connection, connections, transaction
from django.db.models import Model
from django.db.utils import DEFAULT_DB_ALIAS
from django.utils.translation import gettext as _

from conferences.models import Conference, Series
from foundation.kept.registry import long_query
from foundation.logs.progress import Progress, no_progress
from recaps.models import Recap
from search.enums import DocumentKind
from search.models import RebuildProgress, SiteZone
from speakers.models import Speaker
from talks.models import Talk

# Small, for a single recap may take a tenth of a second.
BATCH_SIZE = 500
OBJECTS: dict[DocumentKind, type[Model]] = {
    DocumentKind.SERIES: Series,
    DocumentKind.CONFERENCE: Conference,
    DocumentKind.SPEAKER: Speaker,
    DocumentKind.TALK: Talk,
    DocumentKind.RECAP: Recap,
}
# Those that no constraint needs, with the statements that make them.
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = 'search_searchdocument'::regclass AND NOT indisunique ORDER BY 1
"""
# Of the words in the names of tags, which stemmers and our rules make too.
_TAG_INDEXES = ("search_tag_by_words", "search_tag_alias_by_words")
_ADDING_WORDS = (
    "ALTER TABLE search_searchdocument {0} TRIGGER search_words_inserted, "
    "{0} TRIGGER search_words_updated"
)


def differing(progress: Progress = no_progress) -> Iterator[tuple[DocumentKind, int]]:
    """Yield kind and id of each object with wrong documents.

    They are missing, superfluous or different. Computes every document again, a batch at a time;
    nothing is changed.
    """
    for kind, ids in _batches({}, progress):
        for [pk] in long_query("SELECT search_differing(%s, %s)", [kind.value, ids]):
            yield kind, pk


def rebuild(progress: Progress = no_progress) -> int:
    """Rebuild all documents, and the list of words, and return the number of objects.

    A batch is a transaction: finished batches stay, and an interrupted run continues where it
    stopped. Only documents that differ are written.
    """
    done = 0
    store_zone()
    reached = dict(RebuildProgress.objects.values_list("kind", "last_id"))
    for kind, ids in _batches(reached, progress):
        with transaction.atomic():
            long_query("SELECT search_refresh(%s, %s, true)", [kind.value, ids])
            RebuildProgress.objects.update_or_create(kind=kind, defaults={"last_id": ids[-1]})
        done += len(ids)
    long_query("SELECT search_rebuild_words()")
    for index in _TAG_INDEXES:
        long_query(f"REINDEX INDEX {index}")
    RebuildProgress.objects.all().delete()
    return done


def rebuild_at_once() -> int:
    """Do what `rebuild` does in one transaction, and create the indexes last.

    Faster if most documents are new. Nobody can search meanwhile; the role must own the table. The
    list of words is rebuilt at the end, so no document adds its own.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute(_INDEXES)
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
        cursor.execute(_ADDING_WORDS.format("DISABLE"))
        done = rebuild()
        cursor.execute(_ADDING_WORDS.format("ENABLE"))
        for _name, definition in indexes:
            cursor.execute(definition)
    return done


def missing_words() -> list[str]:
    """Return the words of titles that the list of words lacks; a rebuild adds them."""
    return [word for (word,) in long_query("SELECT search_missing_words()")]


@contextmanager
def search_paused() -> Iterator[None]:
    """Disable the search triggers in a transaction that writes very much; the caller rebuilds
    afterwards.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL notes.search = 'paused'")
        yield
        cursor.execute("SET LOCAL notes.search = ''")  # an outer transaction goes on


def _batches(
    reached: dict[str, int], progress: Progress
) -> Iterator[tuple[DocumentKind, list[int]]]:
    for kind, model in OBJECTS.items():
        last = reached.get(kind.value, 0)
        rows = model._default_manager.order_by("pk")
        done, total = rows.filter(pk__lte=last).count(), rows.count()
        while ids := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH_SIZE]):
            yield kind, ids
            last = ids[-1]
            done += len(ids)
            progress(done, total, kind.value)


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
    """What some documents were built with, if it is not the present server, rules and zone; and
    their number.
    """

    made_with: str
    documents: int

    def __str__(self) -> str:
        return f"{self.made_with or _('older rules')}: {self.documents}"


def store_zone(
    app_config: AppConfig | None = None,
    *,
    using: str = DEFAULT_DB_ALIAS,
    apps: Any = installed_apps,
    **_options: Any,
) -> None:
    """Store the site's time zone in the database. Receives `post_migrate` of its app."""
    try:
        zones = apps.get_model("search", "SiteZone").objects.using(using)
    except LookupError:  # a migration state without it
        return
    zones.update_or_create(pk=1, defaults={"time_zone": settings.TIME_ZONE})


def zone_is_stored(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Return whether the stored zone is the one in the settings. One query."""
    zones = installed_apps.get_model("search", "SiteZone").objects.using(using)
    return bool(zones.filter(time_zone=settings.TIME_ZONE).exists())


def otherwise_made() -> list[OtherMaking]:
    """Return what outdated documents were built with. One query."""
    return [OtherMaking(*row) for row in long_query(_OTHERWISE_MADE)]


def any_otherwise_made(using: str) -> bool:
    """Return whether any document is outdated. One query: two index look-ups."""
    with connections[using].cursor() as cursor:
        cursor.execute(_ANY_OTHERWISE_MADE)
        return bool(cursor.fetchone()[0])


@register(Tags.database)
def check_search_documents(
    *, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Report documents that were built with another server, rules or zone."""
    return [_message() for alias in databases or [] if _is_made_otherwise(alias)]


def _is_made_otherwise(alias: str) -> bool:
    if SiteZone._meta.db_table not in connections[alias].introspection.table_names():
        return False  # not migrated so far
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT to_regproc('search_made_with') IS NOT NULL")
        is_migrated = cursor.fetchone()[0]
    return is_migrated and (not zone_is_stored(alias) or any_otherwise_made(alias))


def _message() -> CheckMessage:
    return Warn(
        "Search was made by another PostgreSQL, by older rules or for another TIME_ZONE.",
        hint="Run `manage.py check_kept --mend`; `manage.py check_kept` says more.",
        id="search.W001",
    )
