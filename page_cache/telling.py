"""Has every process ask for the content version anew after a commit that may have changed it.

Only where there is a Redis: without it, every request asks the database anyway.
"""

from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import BaseDatabaseWrapper

from page_cache.shared import shared

# Statements that write nothing by themselves; every other one counts as a write.
_READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET", "SHOW", "EXPLAIN", "DECLARE")


def watch_writes(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Look at what a connection executes, from its first connecting on."""
    watched = tell_after_commit in connection.execute_wrappers
    if shared() is not None and connection.alias == DEFAULT_DB_ALIAS and not watched:
        connection.execute_wrappers.append(tell_after_commit)


def tell_after_commit(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Execute, and after a write have the version forgotten, once, when it is committed."""
    result = execute(sql, params, many, context)
    connection: BaseDatabaseWrapper = context["connection"]
    waiting = (waits[1] for waits in connection.run_on_commit)
    if not str(sql).lstrip().upper().startswith(_READS) and forget not in waiting:
        connection.on_commit(forget)
    return result


def forget() -> None:
    """Have every process ask for the content version anew."""
    if (redis := shared()) is not None:
        redis.forget_version()
