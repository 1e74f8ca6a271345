"""The ids that the site gives out, which outlive its address."""

import datetime as dt
import re
from importlib import import_module
from xml.etree import ElementTree as ET

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from conferences.factories import ConferenceFactory, SeriesFactory
from operations.models import SiteIdentity
from recaps.factories import RecapFactory
from speakers.factories import SpeakerFactory
from talks.factories import TagFactory, TalkFactory
from tests.tools.every_page import WORD, every_page

OLD, NEW = "https://notes.example", "https://elsewhere.example"
ATOM = "{http://www.w3.org/2005/Atom}"
STARTS = dt.datetime(2017, 4, 3, 9, 30, tzinfo=dt.UTC)
# As they were given out while they were made from the address of the site.
GIVEN_OUT = {
    "/feeds/recaps.atom": "https://notes.example/feeds/recaps.atom",
    "/conferences/conf/feed.atom": "urn:uuid:bbbc45f2-4e8f-5730-b3ba-f25da4dfd12a",
    "/series/years/feed.atom": "urn:uuid:fd19754a-14e8-5c06-b888-3e183f2bab23",
    "/speakers/ada/feed.atom": "urn:uuid:5ec1a353-de9f-554b-b01b-93ac4f124e52",
    "/authors/bo/feed.atom": "urn:uuid:ba7aa6ea-7038-593d-8307-55ba88450b2a",
    "/tags/topic/feed.atom": "urn:uuid:08d6935c-3f64-54fa-b5ad-e66f7d21cbff",
    "/search/feed.atom?q=kettle": "urn:uuid:778f0e2f-6cfb-5ac1-9082-f8228704fdca",
    "/conferences/conf/calendar.ics": "talk-7@notes.example day-7-2017-04-03@notes.example",
    "/conferences/conf/tests/calendar.ics": "talk-7@notes.example",
    "/conferences/later/calendar.ics": "conference-8@notes.example",
}


def called(origin):
    SiteIdentity.objects.update(origin=origin)


def ids_in(response):
    """Return the ids in a feed or a calendar, but for those of entries."""
    assert response.status_code == 200
    if response.headers["Content-Type"].startswith("text/calendar"):
        unfolded = response.content.replace(b"\r\n ", b"").decode()
        return " ".join(re.findall(r"^UID:(.*)\r$", unfolded, re.MULTILINE))
    return ET.fromstring(response.content).findtext(f"{ATOM}id")


@pytest.fixture
def library():
    conference = ConferenceFactory(pk=7, slug="conf", series=SeriesFactory(pk=7, slug="years"))
    ConferenceFactory(pk=8, slug="later")
    speaker, tag = SpeakerFactory(pk=7, slug="ada"), TagFactory(pk=7, slug="topic")
    talk = TalkFactory(
        pk=7,
        slug="tests",
        conference=conference,
        speakers=[speaker],
        tags=[tag],
        starts_at=STARTS,
    )
    TalkFactory(pk=8, conference=conference)
    RecapFactory(talk=talk, author__pk=7, author__slug="bo", title="Kettle")


@pytest.mark.django_db
@pytest.mark.parametrize("address", [OLD, NEW])
def test_ids_given_out_stay_whatever_the_address_of_the_site_is(client, settings, library, address):
    called(OLD)
    settings.SITE_URL = address

    assert {path: ids_in(client.get(path)) for path in GIVEN_OUT} == GIVEN_OUT


@pytest.mark.django_db
def test_every_feed_and_calendar_keeps_its_ids_where_the_site_moves(client, settings):
    called(f"{OLD}/0123abcd")
    addresses = every_page(starts_at=STARTS)
    files = [path for name, path in addresses.items() if name.endswith(("feed", "calendar"))]
    files = [f"{path}?q=topic" if "search" in path else path for path in files]

    before = {path: ids_in(client.get(path)) for path in files}
    settings.SITE_URL = NEW
    after = {path: ids_in(client.get(path)) for path in files}

    assert len(files) >= 9
    assert after == before
    assert all(ids for ids in before.values())
    assert len(set(before.values())) == len(files) - 1  # a talk is one event in both calendars
    assert NEW in client.get(f"/tags/{WORD}/feed.atom").content.decode()


@pytest.mark.django_db
def test_who_has_a_feed_is_told_that_its_id_is_another(client):
    RecapFactory()
    known = {"if-none-match": client.get("/feeds/recaps.atom").headers["ETag"]}

    called(NEW)

    assert client.get("/feeds/recaps.atom", headers=known).status_code == 200


@pytest.mark.django_db
def test_an_origin_that_no_site_had_before_makes_ids_of_its_own():
    identity = SiteIdentity(origin="https://notes.example:8000/0123abcd")

    assert identity.uid("talk-7") == "talk-7@notes.example/0123abcd"
    assert identity.iri("/a") == "https://notes.example:8000/0123abcd/a"


@pytest.mark.django_db
def test_without_its_row_the_site_is_called_by_its_address(client, settings):
    SiteIdentity.objects.all().delete()
    settings.SITE_URL = NEW

    assert ids_in(client.get("/feeds/recaps.atom")) == f"{NEW}/feeds/recaps.atom"


@pytest.mark.django_db
def test_a_library_that_gave_ids_out_keeps_their_origin_when_it_is_migrated(settings):
    migration = import_module("operations.migrations.0001_site_identity")
    SiteIdentity.objects.all().delete()
    settings.SITE_URL = OLD

    with connection.schema_editor() as editor:
        migration.keep_what_was_given_out(apps, editor)
        assert not SiteIdentity.objects.exists()
        ConferenceFactory()
        migration.keep_what_was_given_out(apps, editor)

    assert SiteIdentity.objects.get().origin == OLD


@pytest.mark.django_db(transaction=True)
def test_an_emptied_library_gives_out_other_ids_and_migrating_keeps_them():
    origins = [SiteIdentity.objects.get().origin]
    for _ in range(2):
        call_command("flush", verbosity=0, interactive=False)
        origins.append(SiteIdentity.objects.get().origin)
    call_command("migrate", "operations", verbosity=0)

    assert len(set(origins)) == 3
    assert SiteIdentity.objects.get().origin == origins[-1]
