"""Calendar files of conferences and talks."""

import datetime as dt

import pytest

from conferences.factories import ConferenceFactory
from foundation.models.old_addresses import change_address
from operations.models import SiteIdentity
from speakers.factories import SpeakerFactory
from talks.addresses import rename_talk
from talks.factories import TalkFactory
from talks.models import Talk
from tests.tools.pages import targets

pytestmark = pytest.mark.django_db
DAY = dt.date(2017, 4, 3)
START = dt.datetime(2017, 4, 3, 9, 30, tzinfo=dt.UTC)
CONFERENCE, TALK = "/conferences/conf/calendar.ics", "/conferences/conf/tests/calendar.ics"


@pytest.fixture(autouse=True)
def _site(settings, db):
    settings.SITE_URL = "https://notes.example"
    SiteIdentity.objects.update(origin="https://notes.example")


@pytest.fixture
def conference():
    return ConferenceFactory(title="Conf", slug="conf", city="Lisbon", country="PT")


def _events(client, path):
    """Return the events of a calendar, each as its properties but those of its changes."""
    response = client.get(path)
    assert response.status_code == 200
    events = []
    for line in response.content.replace(b"\r\n ", b"").decode().splitlines():
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name not in {"DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "BEGIN", "END"}:
            events[-1][name] = value
    return events


def test_a_talk_is_an_event(client, conference):
    talk = TalkFactory(
        conference=conference,
        title="Tests",
        room="Main hall",
        starts_at=START,
        duration=dt.timedelta(minutes=45),
        speakers=[SpeakerFactory(name="Zoe"), SpeakerFactory(name="Ada")],
    )
    event = {
        "UID": f"talk-{talk.pk}@notes.example",
        "DTSTART": "20170403T093000Z",
        "DTEND": "20170403T101500Z",
        "SUMMARY": "Tests",
        "LOCATION": "Main hall\\, Lisbon\\, Portugal",
        "DESCRIPTION": "Zoe\\, Ada\\nConf",
        "URL": "https://notes.example/conferences/conf/tests/",
    }

    response = client.get(TALK)

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'inline; filename="tests.ics"'
    assert _events(client, TALK) == _events(client, CONFERENCE) == [event]
    assert targets(client.get("/conferences/conf/tests/"), type="text/calendar") == [TALK]
    assert targets(client.get("/conferences/conf/"), type="text/calendar") == [CONFERENCE]


def test_a_cancelled_talk_stays_the_event_it_was_and_says_so(client, conference):
    talk = TalkFactory(conference=conference, title="Tests", starts_at=START)
    before = _events(client, CONFERENCE)

    talk.is_cancelled = True
    talk.save()

    assert _events(client, CONFERENCE) == [{**before[0], "STATUS": "CANCELLED"}]


def test_talks_without_an_hour_share_the_event_of_their_day(client, conference):
    TalkFactory(conference=conference, title="Timed", starts_at=START)
    TalkFactory(conference=conference, title="One")
    TalkFactory(conference=conference, title="Two")
    TalkFactory(conference=conference, title="Off", is_cancelled=True)
    TalkFactory(conference=conference, title="Next", given_on=dt.date(2017, 4, 4))
    TalkFactory(conference=conference, title="Some day", undated=True)

    shown = [
        (event.get("DTSTART;VALUE=DATE"), event["SUMMARY"], event["DESCRIPTION"])
        for event in _events(client, CONFERENCE)
    ]

    assert shown == [
        (None, "Timed", "Conf"),
        ("20170403", "Conf: 2 talks", "One\\nTwo"),
        ("20170404", "Conf: 1 talk", "Next"),
    ]


def test_a_talk_alone_without_an_hour_lasts_its_day(client, conference):
    TalkFactory(conference=conference, title="Tests")

    [event] = _events(client, TALK)

    assert event["DTSTART;VALUE=DATE"] == "20170403"


def test_without_days_of_talks_the_conference_is_the_event(client, conference):
    TalkFactory(conference=conference, undated=True)

    [event] = _events(client, CONFERENCE)

    assert event == {
        "UID": f"conference-{conference.pk}@notes.example",
        "DTSTART;VALUE=DATE": "20170403",
        "DTEND;VALUE=DATE": "20170406",
        "TRANSP": "TRANSPARENT",
        "SUMMARY": "Conf",
        "LOCATION": "Lisbon\\, Portugal",
        "URL": "https://notes.example/conferences/conf/",
    }


@pytest.mark.parametrize("fields", [{"dates_estimated": True}, {"undated": True}])
def test_what_has_no_known_day_has_no_calendar(client, fields):
    conference = ConferenceFactory(slug="conf", **fields)
    TalkFactory(conference=conference, title="Tests", undated="undated" in fields)

    assert [client.get(path).status_code for path in (CONFERENCE, TALK)] == [404, 404]
    pages = [client.get("/conferences/conf/"), client.get("/conferences/conf/tests/")]
    assert [targets(page, type="text/calendar") for page in pages] == [[], []]


def test_who_has_the_calendar_is_told_so(client, conference):
    TalkFactory(conference=conference, title="Tests", starts_at=START)
    etag = client.get(CONFERENCE).headers["ETag"]

    same = client.get(CONFERENCE, headers={"if-none-match": etag})
    Talk.objects.update(room="Elsewhere")
    changed = client.get(CONFERENCE, headers={"if-none-match": etag})

    assert (same.status_code, same.content, changed.status_code) == (304, b"", 200)


def test_calendars_move_with_their_things(client, conference):
    talk = TalkFactory(conference=conference, title="Tests", starts_at=START)
    uid = _events(client, TALK)[0]["UID"]
    rename_talk(talk, slug="now")
    change_address(conference, slug="new")

    answers = [client.get(CONFERENCE), client.get(TALK)]

    assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [
        (301, "/conferences/new/calendar.ics"),
        (301, "/conferences/new/now/calendar.ics"),
    ]
    assert _events(client, "/conferences/new/now/calendar.ics")[0]["UID"] == uid


@pytest.mark.parametrize(
    "path", ["/conferences/none/calendar.ics", "/conferences/conf/none/calendar.ics"]
)
def test_what_does_not_exist_has_no_calendar(client, conference, path):
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("row_count", [1, 3])
def test_a_calendar_asks_the_same_number_of_queries(
    client, conference, django_assert_num_queries, row_count
):
    for _ in range(row_count):
        TalkFactory(conference=conference, starts_at=START, speakers=[SpeakerFactory()])

    with django_assert_num_queries(5):
        assert len(_events(client, CONFERENCE)) == row_count
