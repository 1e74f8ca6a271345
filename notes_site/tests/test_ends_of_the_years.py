"""At both ends of the years every page works, and archive and sitemap lead to pages that exist."""

import datetime as dt
import re

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from conferences.factories import ConferenceFactory
from foundation.text.bounds import FIRST_DAY, FIRST_MOMENT, LAST_DAY, LAST_MOMENT
from recaps.factories import RecapFactory
from recaps.models import Recap
from talks.factories import TalkFactory
from tests.tools.pages import targets

pytestmark = pytest.mark.django_db
ZONES = ["America/New_York", "Europe/Berlin", "Pacific/Kiritimati"]
A_DAY = dt.timedelta(days=1)


@pytest.fixture(params=ZONES)
def zone(request, settings):
    settings.TIME_ZONE = request.param
    with timezone.override(request.param):
        yield request.param


@pytest.fixture
def library(zone):
    """Whatever can have a day or moment, with the first and the last that it can have."""
    for day, moment, name in (
        (FIRST_DAY, FIRST_MOMENT, "first"),
        (LAST_DAY, LAST_MOMENT, "last"),
    ):
        conference = ConferenceFactory(slug=name, starts_on=day, ends_on=day, time_zone=zone)
        talk = TalkFactory(conference=conference, given_on=day, slug=name)
        TalkFactory(conference=conference, given_on=day, starts_at=moment, duration=A_DAY)
        RecapFactory(talk=talk, slug=name, published_at=moment)
        RecapFactory(talk=None, conference=conference, published_at=moment)
    Recap.objects.update(updated_at=LAST_MOMENT, created_at=FIRST_MOMENT)


def _status_of(client, paths):
    return {path: client.get(path).status_code for path in paths}


@pytest.mark.walks
def test_every_page_of_what_stands_at_an_end_is_there(client, library):
    paths = [
        *("/", "/conferences/", "/archive/", "/archive/talks/", "/feeds/recaps.atom"),
        *("/search/?q=conference", "/search/?year=1900", "/search/?year=2200", "/robots.txt"),
        *(f"/conferences/{name}/{rest}" for name in ("first", "last") for rest in (
            "", f"{name}/", "book/", "feed.atom", "calendar.ics", f"{name}/calendar.ics",
        )),
    ]  # fmt: skip
    paths.remove("/conferences/last/book/")  # what is in it is still to come

    assert {p: s for p, s in _status_of(client, paths).items() if s != 200} == {}


@pytest.mark.walks
def test_an_archive_leads_only_to_pages_that_exist(client, library):
    found, waiting = set(), {"/archive/", "/archive/talks/"}
    while waiting:
        page = client.get(waiting.pop())
        links = {link.partition("?")[0] for link in targets(page) if link.startswith("/archive/")}
        waiting |= links - found
        found |= links

    assert {p: s for p, s in _status_of(client, found).items() if s != 200} == {}
    assert {"/archive/1900/01/", "/archive/talks/1900/01/", "/archive/talks/2200/12/"} <= found


@pytest.mark.walks
def test_the_sitemap_names_only_pages_that_exist(client, library):
    site = re.escape(django_settings.SITE_URL)
    named = re.findall(f"<loc>{site}([^<]+)</loc>", client.get("/sitemap.xml").content.decode())

    assert "/archive/1900/01/" in named
    assert {p: s for p, s in _status_of(client, named).items() if s != 200} == {}


def test_a_conference_can_end_on_the_last_day_of_all(client):
    conference = ConferenceFactory(starts_on=LAST_DAY, ends_on=LAST_DAY)

    calendar = client.get(f"{conference.get_absolute_url()}calendar.ics").content.decode()

    assert "DTSTART;VALUE=DATE:22001231" in calendar
    assert "DTEND;VALUE=DATE:22010101" in calendar
