"""What documents are made with: another server, older rules, another zone are found and mended."""

import datetime as dt
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from conferences.factories import ConferenceFactory
from foundation.kept import registry
from foundation.kept.registry import all_derived_data
from recaps.factories import RecapFactory
from search.models import SearchDocument, SearchWord
from search.rebuild import check_search_documents, otherwise_made, rebuild, store_zone
from talks.factories import TagFactory, TalkFactory

pytestmark = pytest.mark.django_db
# Late in the evening in UTC, and the next day in Tokyo.
LATE = dt.datetime(2017, 4, 30, 22, 0, tzinfo=dt.UTC)


def _checked():
    """Return whether check_kept is content, and what it says."""
    said = StringIO()
    try:
        call_command("check_kept", stdout=said, stderr=StringIO())
    except SystemExit:
        return False, said.getvalue()
    return True, said.getvalue()


def _is_warned():
    return [message.id for message in check_search_documents(databases=["default"])] != []


def _rebuild():
    call_command("check_kept", mend=True, stdout=StringIO(), stderr=StringIO())


@pytest.fixture
def undated():
    """A recap of a conference whose days nobody knows, published late in the evening."""
    conference = ConferenceFactory(starts_on=None, ends_on=None)
    return RecapFactory(talk=None, conference=conference, published_at=LATE)


def _day(recap):
    return SearchDocument.objects.get(recap=recap, kind="recap").sort_date


def test_a_recap_has_the_day_of_the_sites_zone_as_in_the_archive(client, settings, undated):
    assert _day(undated) == dt.date(2017, 4, 30)
    settings.TIME_ZONE = "Asia/Tokyo"
    store_zone()
    _rebuild()

    assert _day(undated) == dt.date(2017, 5, 1)
    assert client.get("/archive/2017/05/").status_code == 200


def test_another_zone_is_found_and_mended(settings, undated):
    assert (_checked()[0], _is_warned()) == (True, False)

    settings.TIME_ZONE = "Asia/Tokyo"
    assert (_checked()[0], _is_warned()) == (False, True)
    assert "TIME_ZONE" in _checked()[1]

    _rebuild()
    assert (_checked()[0], _is_warned()) == (True, False)


@pytest.mark.parametrize(
    "made_with", ["PostgreSQL 11, rules 2, UTC", "PostgreSQL 99, rules 2, UTC", ""]
)
def test_what_another_server_or_older_rules_made_is_found_and_mended(made_with):
    TalkFactory(title="Kettles", tags=[TagFactory()])
    SearchDocument.objects.filter(kind="talk").update(made_with=made_with)

    content, said = _checked()
    assert (content, _is_warned()) == (False, True)
    assert (made_with or "older rules") in said

    _rebuild()
    assert (_checked()[0], _is_warned(), otherwise_made()) == (True, False, [])


def test_one_rebuilding_mends_whatever_is_wrong_with_search(monkeypatch):
    TalkFactory(title="Kettles")
    SearchDocument.objects.update(made_with="", vector="'odd':1A")
    SearchWord.objects.all().delete()
    done = []
    all_in_search = [kept for kept in all_derived_data() if kept.mend is rebuild]

    def mend(progress):
        done.append(rebuild(progress))

    counted = [replace(kept, mend=mend) for kept in all_in_search]
    monkeypatch.setattr(registry, "_REGISTRY", counted)
    said = StringIO()
    call_command("check_kept", mend=True, stdout=said)

    assert said.getvalue().count("Put right:") == len(all_in_search) == 3
    assert len(done) == 1
    assert _checked()[0] is True


def test_every_new_document_says_what_made_it():
    RecapFactory(talk=TalkFactory(tags=[TagFactory()]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_made_with()")
        made_with = cursor.fetchone()[0]

    assert set(SearchDocument.objects.values_list("made_with", flat=True)) == {made_with}


def test_a_name_around_an_old_document_makes_all_of_it_anew():
    """What another server stemmed is not kept beside what this one does."""
    talk = TalkFactory(title="Kettles")
    SearchDocument.objects.filter(talk=talk, kind="talk").update(made_with="", vector="'odd':1A")

    talk.conference.title = "Renamed"
    talk.conference.save()

    assert "kettl" in SearchDocument.objects.get(talk=talk, kind="talk").vector
