"""After each commit that may have changed public pages, invalidates the content version
in Redis.

Only with Redis: without it, every request asks the database anyway.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import BaseDatabaseWrapper

from foundation.page_cache.shared import shared

# Statements that write nothing by themselves; every other one counts as a write.
_READS = re.compile(
    r"[\s(]*(SELECT|VALUES|TABLE|SAVEPOINT|RELEASE|ROLLBACK|SET|SHOW|EXPLAIN|DECLARE|FETCH|CLOSE)\b",
    re.IGNORECASE,
)
# A WITH reads, unless one of its parts writes. A text that only holds such a word, in a name or
# a literal, counts as a write: to ask anew once too often does no harm.
_WITH = re.compile(r"[\s(]*WITH\b", re.IGNORECASE)
_WRITES_WITHIN = re.compile(r"\b(INSERT|UPDATE|DELETE|MERGE)\b", re.IGNORECASE)


def watch_writes(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Watch what a connection executes, from its creation on."""
    watched = tell_after_commit in connection.execute_wrappers
    if shared() is not None and connection.alias == DEFAULT_DB_ALIAS and not watched:
        connection.execute_wrappers.append(tell_after_commit)


def tell_after_commit(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Execute wrapper: after a write, invalidate the version once, on commit."""
    result = execute(sql, params, many, context)
    connection: BaseDatabaseWrapper = context["connection"]
    waiting = (waits[1] for waits in connection.run_on_commit)
    if forget not in waiting and not is_read(str(sql)):
        connection.on_commit(forget)
    return result


def is_read(sql: str) -> bool:
    """Return whether a statement certainly writes nothing itself."""
    if _WITH.match(sql):
        return not _WRITES_WITHIN.search(sql)
    return bool(_READS.match(sql))


def forget() -> None:
    """Invalidate the content version for all processes."""
    if (redis := shared()) is not None:
        redis.forget_version()
