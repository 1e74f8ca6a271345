"""All that the site derives from something else and keeps, with what finds and mends wrong rows.

Triggers, fields and verbs keep it right; this is for what goes round them: a table restored on its
own, a disabled trigger, a hand in the database. An app says in its module `derived` what it keeps.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.module_loading import autodiscover_modules

from foundation.logs.progress import Progress


@dataclass(frozen=True)
class Kept:
    """Something kept: what it is called, what yields the wrong ones, and what puts them right.

    Both functions of what `is_long` take a `Progress`.
    """

    name: Any
    wrong: Callable[..., Iterable[Any]]
    mend: Callable[..., Any]
    is_long: bool = False

    def find(self, progress: Progress) -> Iterable[Any]:
        """Return whatever is wrong."""
        return self.wrong(progress) if self.is_long else self.wrong()

    def put_right(self, progress: Progress) -> None:
        """Mend whatever is wrong."""
        self.mend(progress) if self.is_long else self.mend()


_REGISTRY: list[Kept] = []


def keep(*kept: Kept) -> None:
    """Enter what an app keeps."""
    _REGISTRY.extend(kept)


def all_kept() -> list[Kept]:
    """Return what all apps keep, in their order: each is made of what stands before it."""
    autodiscover_modules("derived")
    return list(_REGISTRY)


def long_query(sql: str, parameters: Any = None) -> list[tuple[Any, ...]]:
    """Return what a statement gives, which may take longer than a page may."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []
