"""History is only added to, whoever tries."""

import uuid

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from accounts.factories import UserFactory
from foundation.models.append_only import APPEND_ONLY, history_may_change
from recaps.factories import RecapFactory
from recaps.models import Recap, RecapVersion
from recaps.states import empty_bin
from recaps.writing import write_recap

pytestmark = pytest.mark.django_db
_GUARDED = """
    SELECT tgrelid::regclass::text FROM pg_trigger
    WHERE tgname = 'history_is_kept' AND tgenabled = 'O'
"""


@pytest.fixture(params=sorted(APPEND_ONLY))
def history(request):
    """The table of one kind of history, with a row in it."""
    recap = RecapFactory()
    LogEntry.objects.create(user=UserFactory(), action_flag=2, object_repr="x", object_id="1")
    RecapVersion.objects.get_or_create(recap=recap, number=1, author=recap.author)
    return request.param


def _execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


def test_the_tables_named_are_those_guarded():
    with connection.cursor() as cursor:
        cursor.execute(_GUARDED)
        assert {table for (table,) in cursor.fetchall()} == APPEND_ONLY


@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET id = id + 1000000"])
def test_rows_are_not_changed_or_deleted(history, statement):
    with pytest.raises(IntegrityError, match="is history"), transaction.atomic():
        _execute(statement.format(history))
    assert _execute(f"SELECT FROM {history}") > 0


def test_a_row_written_as_it_is_is_no_change(history):
    assert _execute(f"UPDATE {history} SET id = id") > 0


def test_a_verb_that_says_so_may_and_nobody_after_it(history):
    with history_may_change():
        assert _execute(f"DELETE FROM {history} WHERE id < 0") == 0
        _execute(f"UPDATE {history} SET id = id + 1000000")
    with pytest.raises(IntegrityError), transaction.atomic():
        _execute(f"DELETE FROM {history}")


def test_a_verb_that_fails_leaves_no_right_behind(history):
    with pytest.raises(ValueError, match="half way"), transaction.atomic(), history_may_change():
        raise ValueError("half way")
    with pytest.raises(IntegrityError), transaction.atomic():
        _execute(f"DELETE FROM {history}")


def test_a_person_with_history_is_not_deleted():
    user = UserFactory()
    LogEntry.objects.create(user=user, action_flag=2, object_repr="x", object_id="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        user.delete()


def test_an_editing_session_goes_on_as_one_version():
    recap, session = RecapFactory(), uuid.uuid4()
    for body in ("One thought, and then", "One thought, and then another"):
        recap.body = body
        write_recap(recap, editing_session=session)
    assert [version.body for version in recap.versions.filter(sitting=session)] == [recap.body]


def test_the_bin_is_emptied_with_the_versions():
    recap = RecapFactory()
    Recap.objects.filter(pk=recap.pk).update(deleted_at="2020-01-01T00:00:00Z")
    assert recap.versions.exists()

    assert empty_bin() == 1
    assert not RecapVersion.objects.filter(recap=recap.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_an_operator_may_empty_everything(history):
    call_command("flush", verbosity=0, interactive=False)
    assert _execute(f"SELECT FROM {history}") == 0
