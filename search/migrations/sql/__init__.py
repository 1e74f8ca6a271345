"""The SQL that the migrations run: a file for what is made, one beside it to take it back."""

from pathlib import Path

from django.db.migrations import RunSQL


def run(name: str) -> RunSQL:
    """Return the operation that runs `name`.sql, and `name`_back.sql on the way back."""
    return RunSQL(_text(name), _text(f"{name}_back"))


def again(name: str) -> RunSQL:
    """Return the operation that runs `name`.sql, which replaces what an earlier one of it made."""
    return RunSQL(_text(name), RunSQL.noop)


def _text(name: str) -> str:
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
