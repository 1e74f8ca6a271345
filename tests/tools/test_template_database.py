"""The template of the tests' databases is another one where migrating makes something else."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.tools import template_database
from tests.tools.template_database import PREFIX, migrated_template


def _relative():
    base = settings.BASE_DIR
    return {
        str(path.relative_to(base)) for path in template_database._sources() if base in path.parents
    }


def test_the_digest_is_of_migrations_their_sql_and_what_they_import():
    sources = _relative()

    assert {
        "talks/migrations/0001_first_tables.py",
        "search/migrations/sql/__init__.py",
        "search/migrations/sql/0001_configurations.sql",
        "recaps/start_texts.py",
        "accounts/roles.py",
    } <= sources
    assert not any(name.startswith(("talks/views", "talks/tests", "templates")) for name in sources)


@pytest.mark.parametrize("changed", ["search/migrations/sql/0014_fill.sql", "accounts/roles.py"])
def test_another_content_has_another_name(changed, monkeypatch):
    before = template_database._digest()
    read = Path.read_bytes

    def edited(path):
        return read(path) + b"\n-- edited" * (path == settings.BASE_DIR / changed)

    monkeypatch.setattr(Path, "read_bytes", edited)

    assert template_database._digest() != before


@pytest.mark.django_db
def test_there_is_one_template_which_nobody_connects_to():
    name = migrated_template()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname, datallowconn FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
        )
        assert cursor.fetchall() == [(name, False)]
