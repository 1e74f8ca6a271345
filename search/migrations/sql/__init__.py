"""The SQL that the migrations run: a file for what one makes, named after the migration's number.

A file is never edited once it was released: a database that is migrated later passes through every
state in between, with the tables as they were then. Other rules are another migration's new file,
which takes the place of the former one.
"""

from pathlib import Path

from django.db.migrations import RunSQL


def make(name: str) -> RunSQL:
    """Return the operation that runs `name`.sql, and `name`_back.sql on the way back."""
    return RunSQL(_text(name), _text(f"{name}_back"))


def replace(former: str, name: str) -> RunSQL:
    """Return the operation that puts `name`.sql in the place of `former`.sql, and back."""
    return RunSQL(_text(name), _text(former))


def fill(name: str) -> RunSQL:
    """Return the operation that writes rows by the rules that are in force; nothing on the way back."""
    return RunSQL(_text(name), RunSQL.noop)


def _text(name: str) -> str:
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
