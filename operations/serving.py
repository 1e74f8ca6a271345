"""Checks before the site is served: one sentence for each problem.

gunicorn runs them when it starts (`manage.py check_serving`). All are system checks: those that
`check` and `migrate` run too, and those tagged SERVING, which only pass once the site is migrated
and its static files are collected.
"""

import logging
from collections.abc import Iterable

from django.core.checks import CheckMessage, run_checks
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections

log = logging.getLogger(__name__)
SERVING = "serving"


def reasons_not_to_serve() -> list[str]:
    """Return a sentence for each problem that forbids serving; empty if there is none.

    An unreachable database forbids nothing: it may come back before the first reader does, and
    until then pages say so. That is logged.
    """
    databases = [DEFAULT_DB_ALIAS] if _is_database_there() else []
    errors = [
        each
        for each in run_checks(databases=databases)
        if each.is_serious() and not each.is_silenced()
    ]
    return [*_sentences(errors), *_sentences(_serving_checks(databases))]


def _serving_checks(databases: list[str]) -> list[CheckMessage]:
    return run_checks(tags=[SERVING], include_deployment_checks=True, databases=databases)


def _is_database_there() -> bool:
    try:
        connections[DEFAULT_DB_ALIAS].ensure_connection()
    except (OperationalError, InterfaceError) as error:
        said = " ".join(str(error).split())
        log.warning("The database is away, pages say so until it is back: %s", said)
        return False
    return True


def _sentences(messages: Iterable[CheckMessage]) -> list[str]:
    return [" ".join(filter(None, [str(each.msg), each.hint])) for each in messages]
