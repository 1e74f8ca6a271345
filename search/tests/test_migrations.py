"""The search migrations, one after the other, with rows in the library that are written meanwhile.

A database is migrated from whatever state it is in: between any two migrations the triggers run, by
the rules and on the tables of that state.
"""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from recaps.factories import RecapFactory
from search import migrations
from search.models import SearchDocument
from search.rebuild import differing
from talks.factories import TalkFactory
from talks.models import Talk

FOLDER = Path(migrations.__path__[0])
STEPS = sorted(name for app, name in MigrationLoader(None).disk_migrations if app == "search")


@pytest.fixture
def talk(transactional_db):
    """A talk in a library that is migrated to the last migration, whatever happens."""
    yield TalkFactory(title="Written before C++", abstract="<!-- hidden --> shown")
    call_command("migrate", verbosity=0)


def _go_to(step: str) -> None:
    MigrationExecutor(connection).migrate([("search", step)])


def _write_everything(talk: Talk, title: str) -> None:
    talk.title = title
    talk.save()
    RecapFactory(talk=TalkFactory(title=f"New {title}"))


@pytest.mark.walks
def test_rows_can_be_written_between_any_two_migrations_there_and_back(talk):
    # Not back to nothing: others use the extensions of the first one.
    for step in [*reversed(STEPS), *STEPS[1:]]:
        _go_to(step)
        _write_everything(talk, f"At {step}")
    call_command("migrate", verbosity=0)

    assert list(differing()) == []
    found = SearchDocument.objects.filter(kind="talk").values_list("talk", flat=True)
    assert set(found) == set(Talk.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("step", STEPS)
def test_a_migration_makes_what_bears_its_own_number(step):
    """Other rules are a new file: who edits an old one changes what old databases pass through."""
    text = (FOLDER / f"{step}.py").read_text()
    made = re.findall(r'sql\.(?:make|fill)\("(\d+)_|sql\.replace\("\w+", "(\d+)_', text)
    assert {number for pair in made for number in pair if number} <= {step[:4]}


def test_each_file_is_run_by_one_migration():
    texts = {step[:4]: (FOLDER / f"{step}.py").read_text() for step in STEPS}
    names = {path.stem.removesuffix("_back") for path in (FOLDER / "sql").glob("*.sql")}
    assert [name for name in sorted(names) if f'"{name}"' not in texts[name[:4]]] == []
