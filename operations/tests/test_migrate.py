"""`manage.py migrate` waits for no table for long, and what it gave up is done by the next run."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

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
