"""Registry of derived data: for each kind a function that finds wrong rows and one that repairs
them.

Triggers, model fields and write functions maintain derived data. This registry is for changes that
bypass them: a table restored on its own, a disabled trigger, SQL typed by hand. An app registers
its derived data in its module `derived`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.module_loading import autodiscover_modules

from foundation.logs.progress import Progress


@dataclass(frozen=True)
class DerivedData:
    """One kind of derived data: its name, a function that yields wrong rows, and one that repairs
    them.

    If `is_long`, both functions take a `Progress`.
    """

    name: Any
    wrong: Callable[..., Iterable[Any]]
    mend: Callable[..., Any]
    is_long: bool = False

    def find(self, progress: Progress) -> Iterable[Any]:
        """Return all wrong rows."""
        return self.wrong(progress) if self.is_long else self.wrong()

    def put_right(self, progress: Progress) -> None:
        """Repair all wrong rows."""
        self.mend(progress) if self.is_long else self.mend()


_REGISTRY: list[DerivedData] = []


def register(*kept: DerivedData) -> None:
    """Register an app's derived data."""
    _REGISTRY.extend(kept)


def all_derived_data() -> list[DerivedData]:
    """Return the derived data of all apps, in dependency order: each depends only on
    earlier ones.
    """
    autodiscover_modules("derived")
    return list(_REGISTRY)


def long_query(sql: str, parameters: Any = None) -> list[tuple[Any, ...]]:
    """Return the rows of a statement, without the time limit of pages."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []
