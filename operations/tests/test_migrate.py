"""`manage.py migrate` waits for no table for long, and what it gave up is done by the next run."""

from importlib import import_module

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from foundation.models.concurrent_index import AddConcurrentIndex

# Triggers of tags are taken away and made again: the tags are locked.
LOCKING = ("talks", "0020_names_take_turns")


def _value(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


@pytest.fixture
def one_to_apply(transactional_db):
    """A migration that locks the tags is not applied yet, as far as the database says."""
    recorder = MigrationRecorder(connection)
    later = MigrationLoader(connection).graph.backwards_plan(LOCKING)
    for node in later:
        recorder.record_unapplied(*node)
    yield
    for node in {*later} - recorder.applied_migrations().keys():
        recorder.record_applied(*node)


@pytest.fixture
def locked_tags():
    """Another session has read the tags in a transaction that goes on and on."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN; SELECT count(*) FROM talks_tag")
        yield
        cursor.execute("ROLLBACK")
    other.close()


def test_a_migration_gives_up_its_wait_in_one_sentence(one_to_apply, locked_tags):
    before = _value("SHOW lock_timeout")

    with pytest.raises(CommandError) as said:
        call_command("migrate", *LOCKING, lock_timeout=1, verbosity=0)

    assert "waited 1 s for a table" in str(said.value)
    assert "--lock-timeout" in str(said.value)
    assert _value("SHOW lock_timeout") == before
    assert LOCKING not in MigrationRecorder(connection).applied_migrations()


def test_what_gave_up_is_done_by_the_next_run(one_to_apply):
    call_command("migrate", *LOCKING, verbosity=0)

    assert LOCKING in MigrationRecorder(connection).applied_migrations()


def _make_index():
    """Run the operation that makes an index of documents, and return what the index is."""
    module = import_module("search.migrations.0014_signed_names")
    (operation, *_filling) = module.Migration.operations
    assert isinstance(operation, AddConcurrentIndex)
    state = MigrationLoader(connection).project_state()
    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("search", editor, state, state)
    return _index()


def _index():
    return _value(
        "SELECT indexrelid, indisvalid FROM pg_index"
        " WHERE indexrelid = 'document_by_making'::regclass"
    )


def test_an_index_that_is_there_stays(transactional_db):
    before = _index()

    assert _make_index() == before


def test_half_an_index_is_made_anew(transactional_db):
    before = _index()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_index SET indisvalid = false"
            " WHERE indexrelid = 'document_by_making'::regclass"
        )

    number, is_valid = _make_index()

    assert is_valid
    assert number != before[0]


def test_an_index_is_made_where_there_is_none(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX document_by_making")
        cursor.execute("SET lock_timeout = '7s'")

    _number, is_valid = _make_index()

    assert is_valid
    assert _value("SHOW lock_timeout") == ("7s",)
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")
