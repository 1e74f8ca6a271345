"""The content version changes with every commit of what pages show, and makes nobody wait."""

import datetime as dt
from contextlib import closing, contextmanager

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import Error, connection, transaction
from django.utils import timezone

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from foundation.page_cache.tables import NEVER_SHOWN, SHOWN
from foundation.page_cache.tests.writes import WRITES, recap_to_change
from foundation.page_cache.version import ContentVersion, stored_version
from recaps.factories import RecapFactory
from recaps.models import Recap, WorkingCopy
from recaps.states import delete_for_good
from recaps.writing import write_recap
from speakers.factories import SpeakerFactory
from speakers.models import Speaker
from talks.factories import TagFactory
from talks.models import Tag

committing = pytest.mark.django_db(transaction=True)
_TRIGGERS = """
    SELECT tgrelid::regclass::text FROM pg_trigger
    WHERE tgname LIKE 'content_changed%' AND tgenabled = 'O' GROUP BY 1 HAVING count(*) = 4
"""
RENAME = "UPDATE conferences_conference SET title = title || '!'"


def ask(sql, using=connection):
    with using.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def another_connection():
    with closing(connection.copy()) as other:
        ask("SET lock_timeout = '2s'", other)
        yield other


@pytest.mark.django_db
def test_every_table_is_watched_or_known_to_be_never_shown():
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}

    assert {table for (table,) in ask(_TRIGGERS)} == SHOWN
    assert tables == SHOWN | NEVER_SHOWN
    assert not SHOWN & NEVER_SHOWN


@committing
@pytest.mark.parametrize("write", WRITES)
def test_every_way_to_write_changes_it(write):
    recap = recap_to_change()
    before = stored_version()

    write(recap)

    assert stored_version() != before


@committing
def test_what_no_page_shows_does_not_change_it(client):
    author = UserFactory(superuser=True)
    before = stored_version()

    client.force_login(author)  # writes a session, and the row of the user
    WorkingCopy.objects.create(author=author, sitting="0" * 32, typed={"body": "typing"})

    assert stored_version() == before


# What somebody does with a draft on a library that readers see, one after the other.
WITH_A_DRAFT = {
    "begun": write_recap,
    "written": lambda draft: write_recap(_with(draft, body="[[Ada]]\n\n- [ ] do\n\nmore")),
    "moved": lambda draft: write_recap(_with(draft, slug="elsewhere")),
    "tagged": lambda draft: draft.tags.add("docker"),
    "deleted": lambda draft: delete_for_good(Recap.objects.filter(pk=draft.pk)),
}


def _with(draft, **columns):
    for name, value in columns.items():
        setattr(draft, name, value)
    return draft


@committing
def test_nothing_that_is_done_with_a_draft_changes_it():
    SpeakerFactory(name="Ada"), TagFactory(name="docker")
    conference = ConferenceFactory()
    draft = RecapFactory.build(
        talk=None, conference=conference, author=UserFactory(), draft=True, body="[[Ada]]"
    )
    changed = []
    for name, step in WITH_A_DRAFT.items():
        before = stored_version()
        step(draft)
        if stored_version() != before:
            changed.append(name)

    assert changed == []
    assert Recap.objects.count() == 0


@committing
@pytest.mark.parametrize("table", sorted(SHOWN))
def test_a_statement_that_changes_no_row_of_a_table_does_not_change_it(table):
    recap_to_change()
    key = {"search_searchword": "word", "talks_eventrevision": "name"}.get(table, "id")
    before = stored_version()

    for sql in (
        f"DELETE FROM {table} WHERE false",
        f"UPDATE {table} SET {key} = {key} WHERE false",
        f"UPDATE {table} SET {_a_column(table, key)} = {_a_column(table, key)}",
    ):
        ask(sql)

    assert stored_version() == before


def _a_column(table, key):
    """Return a column that can be written, by preference not the key."""
    found = ask(
        "SELECT column_name FROM information_schema.columns"
        f" WHERE table_name = '{table}' AND is_generated = 'NEVER' AND is_identity = 'NO'"
        f" AND column_name <> '{key}' ORDER BY ordinal_position LIMIT 1"
    )
    return found[0][0] if found else key


@committing
def test_a_draft_changes_it_when_it_is_published_and_when_it_is_none_again():
    recap = RecapFactory(draft=True)
    seen = [stored_version()]
    for status in ("published", "draft"):
        Recap.objects.filter(pk=recap.pk).update(status=status, published_at=timezone.now())
        seen.append(stored_version())

    assert len(set(seen)) == 3


@committing
def test_an_update_of_very_many_rows_counts_without_a_look():
    TagFactory()
    rows = "SELECT 'many' || n, 'many-' || n, 'many' || n FROM generate_series(1, 1001) AS n"
    ask(f"INSERT INTO talks_tag (name, slug, key) {rows}")
    before = stored_version()

    ask("UPDATE talks_tag SET name = name")

    assert stored_version() != before


@committing
def test_an_open_transaction_changes_nothing_until_it_commits_and_holds_up_nobody():
    ConferenceFactory(), TagFactory(), SpeakerFactory()
    first = stored_version()

    with another_connection() as slow, another_connection() as slower:
        for each in (slow, slower):
            each.set_autocommit(False)
        ask("UPDATE talks_tag SET name = name || '!'", slow)
        ask("UPDATE speakers_speaker SET name = name || '!'", slower)
        unseen = stored_version()
        ask(RENAME)  # the row of the version is held by both, and this waits for neither
        second = stored_version()
        slower.commit()
        third = stored_version()
        slow.commit()
        fourth = stored_version()

    assert unseen == first
    assert len({first, second, third, fourth}) == 4
    [(rows,)] = ask("SELECT count(*) FROM content_version")
    for _ in range(5):
        ask(RENAME)
    assert ask("SELECT count(*) FROM content_version") == [(rows,)]


@committing
def test_what_is_rolled_back_does_not_count_and_does_not_hide_what_follows():
    ConferenceFactory()
    before = stored_version()

    with transaction.atomic():
        ask(RENAME)
        transaction.set_rollback(True)
    rolled_back = stored_version()
    with transaction.atomic():
        with transaction.atomic():
            ask(RENAME)
            transaction.set_rollback(True)
        ask(RENAME)

    assert rolled_back == before
    assert stored_version() != before


@pytest.mark.django_db
def test_it_names_the_moment_at_which_the_next_scheduled_recap_appears():
    now, soon = dt.datetime(2199, 1, 1, tzinfo=dt.UTC), dt.datetime(2199, 1, 2, tzinfo=dt.UTC)
    for hidden in ({"draft": True}, {"binned": True}):
        RecapFactory(**{"published_at": soon - dt.timedelta(hours=1), **hidden})
    for late in range(2):
        RecapFactory(published_at=soon + dt.timedelta(days=late))

    def next_change(moment):
        return stored_version(moment).next_change

    assert [next_change(now), next_change(soon - dt.timedelta(microseconds=1))] == [soon, soon]
    assert next_change(soon) == soon + dt.timedelta(days=1)
    assert next_change(soon + dt.timedelta(days=1)) is None
    scheduled = Recap.objects.scheduled().order_by("published_at").first()
    assert next_change(timezone.now()) == scheduled.published_at


@committing
def test_a_kept_connection_that_has_died_is_replaced():
    before = stored_version()
    connection.health_check_done = False
    with another_connection() as other:
        ask(f"SELECT pg_terminate_backend({connection.connection.info.backend_pid})", other)

    assert stored_version() == before


@committing
def test_a_fault_of_the_query_itself_is_raised(monkeypatch):
    monkeypatch.setattr("foundation.page_cache.version._READ", "SELECT %s::int / 0")

    with pytest.raises(Error):
        stored_version()


def test_a_version_comes_back_from_its_text():
    for moment in (None, dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)):
        version = ContentVersion("a b", moment)
        assert ContentVersion.from_text(version.as_text()) == version


@committing
def test_the_migration_can_be_taken_back():
    call_command("migrate", "page_cache", "zero", verbosity=0)
    taken_back = ask(_TRIGGERS)
    call_command("migrate", "page_cache", verbosity=0)

    assert taken_back == []
    assert {table for (table,) in ask(_TRIGGERS)} == SHOWN
    assert (Speaker.objects.count(), Tag.objects.count()) == (0, 0)
