"""When a talk is given, in words: day and clock are never of two days without a word."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse

from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from talks.factories import TalkFactory
from talks.timing import When, when_given
from tests.tools.pages import texts

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def talk_at(start, *, day=dt.date(2024, 3, 30), zone="Europe/Berlin", **fields):
    conference = ConferenceFactory(
        time_zone=zone,
        city="Berlin",
        starts_on=dt.date(2024, 3, 28),
        ends_on=dt.date(2024, 4, 2),
    )
    return TalkFactory(conference=conference, given_on=day, starts_at=start, **fields)


def at(*parts):
    return dt.datetime(*parts, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("day", "start", "said"),
    [
        (dt.date(2024, 3, 30), at(2024, 3, 30, 14), ("30 March 2024", "14:00", "")),
        (
            dt.date(2024, 3, 30),
            at(2024, 3, 31, 1, 30),
            ("night of 30 to 31 March 2024", "01:30", "31 March"),
        ),
        (
            dt.date(2024, 3, 31),
            at(2024, 4, 1, 0, 0),
            ("night of 31 March to 1 April 2024", "00:00", "1 April"),
        ),
        (
            dt.date(2024, 12, 31),
            at(2025, 1, 1, 5, 59),
            ("night of 31 December 2024 to 1 January 2025", "05:59", "1 January 2025"),
        ),
        (dt.date(2024, 3, 30), at(2024, 3, 31, 10), ("30 March 2024", "10:00", "31 March")),
        (dt.date(2024, 3, 30), at(2024, 3, 29, 23), ("30 March 2024", "23:00", "29 March")),
        (dt.date(2024, 3, 30), at(2026, 4, 1, 9), ("30 March 2024", "09:00", "1 April 2026")),
        (dt.date(2024, 3, 30), None, ("30 March 2024", "", "")),
    ],
)
def test_the_words_for_a_day_and_a_start(day, start, said):
    when = when_given(talk_at(start, day=day))

    assert (when.day, when.clock, when.clock_day) == said


def test_a_start_is_not_said_where_the_time_zone_is_unknown():
    when = when_given(talk_at(at(2024, 3, 31, 1, 30), zone=""))

    assert when == When("30 March 2024", "2024-03-30")


def test_a_talk_without_a_day_has_no_words():
    assert when_given(talk_at(None, day=None)) == When()


def pages_of(talk, client):
    RecapFactory(talk=talk)
    addresses = [
        talk.get_absolute_url(),
        talk.conference.get_absolute_url(),
        f"{talk.conference.get_absolute_url()}book/",
        "/archive/talks/2024/03/",
        f"/search/?q={talk.title}",
    ]
    pages = {address: client.get(address) for address in addresses}
    return {a: HttpResponse(page.getvalue(), status=page.status_code) for a, page in pages.items()}


def test_no_page_shows_a_talk_after_midnight_beside_the_day_before(client):
    talk = talk_at(at(2024, 3, 31, 1, 30), title="Nocturne")

    pages = pages_of(talk, client)

    for address, page in pages.items():
        assert page.status_code == 200, address
        clocks = texts(page, "time", datetime="2024-03-31T01:30:00+01:00")
        assert set(clocks) <= {"01:30"}, address
        if clocks:
            assert "31 March" in page.content.decode(), address
        days = texts(page, "time", datetime="2024-03-30")
        assert set(days) <= {"Saturday, 30 March"}, address
    assert texts(pages["/archive/talks/2024/03/"], "time", datetime="2024-03-31") == [
        "night of 30 to 31 March 2024"
    ]


def test_machines_are_told_the_moment(client):
    talk = talk_at(at(2024, 3, 31, 1, 30), title="Nocturne", duration=dt.timedelta(hours=1))

    page = client.get(talk.get_absolute_url()).content.decode()
    calendar = client.get(f"{talk.get_absolute_url()}calendar.ics").content.decode()

    assert '"startDate": "2024-03-31T01:30:00+01:00"' in page
    assert '"endDate": "2024-03-31T03:30:00+02:00"' in page  # the clocks are put forward meanwhile
    assert "DTSTART:20240331T003000Z" in calendar
    assert "DTEND:20240331T013000Z" in calendar


def test_machines_are_told_no_moment_where_the_time_zone_is_unknown(client):
    talk = talk_at(at(2024, 3, 30, 14), zone="", duration=dt.timedelta(hours=1))

    page = client.get(talk.get_absolute_url()).content.decode()
    calendar = client.get(f"{talk.get_absolute_url()}calendar.ics").content.decode()

    assert '"startDate": "2024-03-30"' in page
    assert "endDate" not in page.replace('"endDate": "2024-04-02"', "")
    assert "DTSTART;VALUE=DATE:20240330" in calendar
