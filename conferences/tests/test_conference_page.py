"""The page of one conference, as readers get it."""

import datetime as dt

import pytest

from conferences.factories import ConferenceFactory, SeriesFactory
from recaps.factories import RecapFactory
from speakers.factories import SpeakerFactory
from talks.factories import TagFactory, TalkFactory
from tests.tools.pages import elements, targets, texts

pytestmark = pytest.mark.django_db


def test_conference_says_when_where_and_what_is_covered(client):
    conference = ConferenceFactory(
        title="Harbour Conf 2017",
        city="Lisbon",
        country="PT",
        website="https://www.harbour.example/17",
    )
    covered = TalkFactory(conference=conference)
    TalkFactory(conference=conference)
    TalkFactory(conference=conference)
    RecapFactory(talk=covered)
    RecapFactory(talk=covered, draft=True)

    response = client.get("/conferences/harbour-conf-2017/")

    assert texts(response, "h1") == ["Harbour Conf 2017"]
    assert texts(response, class_="lede") == ["3–5 April 2017 Lisbon, Portugal"]
    assert texts(response, class_="coverage") == ["1 of 3 talks have recaps."]
    assert texts(response, "a", href="https://www.harbour.example/17") == ["harbour.example"]


def test_programme_goes_by_day_and_time_in_the_zone_of_the_conference(client):
    conference = ConferenceFactory(title="Conf", time_zone="Europe/Lisbon")
    speaker = SpeakerFactory(name="Ada Okafor")
    start = dt.datetime(2017, 4, 3, 9, 30, tzinfo=dt.UTC)
    TalkFactory(conference=conference, title="Any day", undated=True)
    TalkFactory(conference=conference, title="Second day", given_on=dt.date(2017, 4, 4))
    TalkFactory(conference=conference, title="Later", starts_at=start + dt.timedelta(hours=2))
    TalkFactory(
        conference=conference,
        title="Opening",
        kind="keynote",
        starts_at=start,
        duration=dt.timedelta(minutes=90),
        room="Main hall",
        speakers=[speaker],
    )

    response = client.get("/conferences/conf/")

    assert texts(response, "h3") == ["Monday, 3 April", "Tuesday, 4 April", "Without a day"]
    assert texts(response, class_="session") == [
        "10:30 Opening Keynote Ada Okafor Main hall 1 h 30 min",
        "12:30 Later",
        "Second day",
        "Any day",
    ]
    assert "Europe/Lisbon" in texts(response, "dd")


def test_programme_of_several_days_begins_with_links_to_them(client):
    conference = ConferenceFactory(title="Conf")
    RecapFactory(talk=TalkFactory(conference=conference, given_on=dt.date(2017, 4, 3)))
    TalkFactory(conference=conference, given_on=dt.date(2017, 4, 4))
    TalkFactory(conference=conference, given_on=dt.date(2017, 4, 5))

    response = client.get("/conferences/conf/")

    assert targets(response, inside="days") == [
        "#day-2017-04-03",
        "#day-2017-04-04",
        "#day-2017-04-05",
    ]
    assert texts(response, "td", inside="days") == ["1", "1", "1", "–", "1", "–"]
    assert [day["id"] for day in elements(response, "div", class_="programme-day")] == [
        "day-2017-04-03",
        "day-2017-04-04",
        "day-2017-04-05",
    ]


def test_programme_with_estimated_dates_is_one_list_without_days(client):
    conference = ConferenceFactory(title="Conf", dates_estimated=True)
    TalkFactory(conference=conference, title="One", given_on=dt.date(2017, 4, 3))
    TalkFactory(conference=conference, title="Two", given_on=dt.date(2017, 4, 4))

    response = client.get("/conferences/conf/")

    assert texts(response, class_="lede") == ["3–5 April 2017 (estimated)"]
    assert texts(response, "h3") == []
    assert texts(response, class_="session") == ["One", "Two"]


def test_cancelled_talk_stays_in_the_programme_and_says_so(client):
    TalkFactory(conference=ConferenceFactory(title="Conf"), title="Gone", is_cancelled=True)

    response = client.get("/conferences/conf/")

    assert texts(response, class_="session") == ["Gone cancelled"]


def test_conference_without_dates_or_talks_says_so(client):
    ConferenceFactory(title="Conf", undated=True)

    response = client.get("/conferences/conf/")

    assert texts(response, class_="lede") == ["dates unknown"]
    assert texts(response, "p", inside="empty-note") == ["No talks are known yet."]


def test_conference_leads_to_the_editions_around_it(client):
    series = SeriesFactory(title="Harbour")
    for year in (2015, 2016, 2017, 2018):
        first_day = dt.date(year, 5, 1)
        ConferenceFactory(
            title=f"Harbour {year}", series=series, starts_on=first_day, ends_on=first_day
        )

    response = client.get("/conferences/harbour-2016/")

    assert targets(response, rel="prev") == ["/conferences/harbour-2015/"]
    assert targets(response, rel="next") == ["/conferences/harbour-2017/"]
    assert targets(response, inside="crumbs") == ["/conferences/", "/series/harbour/"]


@pytest.mark.parametrize("talk_count", [1, 3])
def test_conference_asks_the_same_number_of_queries(client, django_assert_num_queries, talk_count):
    conference = ConferenceFactory(title="Conf", series=SeriesFactory())
    for _ in range(talk_count):
        people, tags = [SpeakerFactory(), SpeakerFactory()], [TagFactory(), TagFactory()]
        talk = TalkFactory(conference=conference, speakers=people, tags=tags)
        RecapFactory(talk=talk)
        RecapFactory(talk=talk)
        RecapFactory(talk=None, conference=conference, tags=[TagFactory()])

    with django_assert_num_queries(9):
        response = client.get("/conferences/conf/")

    assert len(texts(response, class_="session")) == talk_count
    assert texts(response, "p", inside="prose") == ["What was said."] * 3 * talk_count


def test_website_that_may_not_be_linked_to_is_not(client):
    conference = ConferenceFactory(title="Conf")
    type(conference).objects.filter(pk=conference.pk).update(website="javascript:alert(1)")

    response = client.get("/conferences/conf/")

    assert b"javascript" not in response.content


def test_texts_of_a_conference_are_escaped(client):
    conference = ConferenceFactory(
        title="<script>a()</script>", slug="conf", city="<b>", description="<i>x</i> {{ 7 }}"
    )
    TalkFactory(conference=conference, title="<img src=x>", slug="talk", room="<u>")

    response = client.get("/conferences/conf/")

    tags = {element["tag"] for element in elements(response)}
    assert tags & {"img", "u", "b", "i"} == set()
    inline = [script["type"] for script in elements(response, "script") if "src" not in script]
    assert inline == ["application/ld+json"]
    assert texts(response, "h1") == ["<script>a()</script>"]
    assert texts(response, class_="prose") == ["<i>x</i> {{ 7 }}"]
