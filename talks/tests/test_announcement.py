"""What a talk was announced as, beside what it became."""

import datetime as dt

import pytest

from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from speakers.factories import SpeakerFactory
from speakers.models import Speaker
from speakers.renaming import rename_speaker
from talks.factories import TalkFactory
from talks.models import TalkSpeaker
from tests.tools.pages import elements, texts

pytestmark = pytest.mark.django_db
ADDRESS = "/conferences/conf/tests/"
START = dt.datetime(2017, 4, 3, 9, 30, tzinfo=dt.UTC)  # 10:30 in Lisbon


@pytest.fixture
def talk():
    conference = ConferenceFactory(title="Conf", time_zone="Europe/Lisbon")
    ada, bo = SpeakerFactory(name="Ada Okafor"), SpeakerFactory(name="Bo Lind")
    SpeakerFactory(name="Cy Moe")
    return TalkFactory(
        conference=conference,
        title="Tests",
        room="Main hall",
        starts_at=START,
        abstract="The abstract.",
        speakers=[ada, bo],
    )


def changes(client, talk, **announced):
    talk.announced = announced
    talk.save()
    return texts(client.get(ADDRESS), "li", inside="changes")


@pytest.mark.parametrize(
    ("announced", "shown"),
    [
        ({"title": "Testing"}, ["Announced as “Testing”"]),
        ({"title": "  TESTS "}, []),
        ({"title": ""}, []),
        ({"room": "Attic"}, ["Announced in Attic"]),
        ({"room": "main  hall"}, []),
        ({"room": ""}, []),
        ({"start": "2017-04-03T13:00:00+00:00"}, ["Announced for 14:00"]),
        ({"start": "2017-04-03T14:00:00"}, ["Announced for 14:00"]),
        ({"start": "2017-04-04T14:00:00+01:00"}, ["Announced for 4 April 2017, 14:00"]),
        ({"start": "2017-04-03T09:30:00+00:00"}, []),
        ({"start": "2017-04-04"}, ["Announced for 4 April 2017"]),
        ({"start": "2017-04-03"}, []),
        ({"start": None}, []),
        ({"speakers": ["Ada Okafor", "Cy Moe"]}, ["Announced with Ada Okafor, Cy Moe"]),
        ({"speakers": ["Ada Okafor"]}, ["Announced with Ada Okafor"]),
        ({"speakers": ["bo lind", "Ada Okafor"]}, []),
        ({"speakers": []}, []),
        (
            {"title": "Testing", "room": "Attic", "start": "2017-04-02"},
            ["Announced as “Testing”", "Announced in Attic", "Announced for 2 April 2017"],
        ),
    ],
)
def test_what_changed_is_said_in_the_conferences_time(client, talk, announced, shown):
    assert changes(client, talk, **announced) == shown


def test_what_is_not_known_now_is_no_change(client, talk):
    talk.room, talk.given_on, talk.starts_at = "", None, None
    talk.credits.all().delete()

    assert changes(client, talk, room="Attic", start="2017-04-02", speakers=["Ada Okafor"]) == []


def test_estimated_days_were_never_announced(client, talk):
    talk.conference.dates_estimated = True
    talk.conference.save()

    assert changes(client, talk, start="2016-01-01") == []


def test_person_under_another_name_is_the_same_person(client, talk):
    ada, bo = (credit.speaker for credit in talk.credits.all())
    rename_speaker(ada, name="Ada Lovelace")
    TalkSpeaker.objects.filter(speaker=bo).update(credited_as="B. Lind")

    assert changes(client, talk, speakers=["B. Lind", "Ada Okafor"]) == []


def test_cancelled_talk_says_so_beside_its_abstract(client, talk):
    talk.is_cancelled = True

    assert changes(client, talk) == ["Cancelled"]


def test_abstract_is_the_announced_one_and_the_present_one_is_folded_away(client, talk):
    talk.announced = {"abstract": "What *was* promised.", "abstract_format": "markdown"}
    talk.save()

    response = client.get(ADDRESS)

    assert texts(response, "p", inside="announced") == ["What was promised.", "The abstract."]
    assert texts(response, "em", inside="announced") == ["was"]
    assert texts(response, "p", inside="abstract-now") == ["The abstract."]


def test_verdicts_stand_beside_the_abstract(client, talk):
    RecapFactory(talk=talk, verdict="something_else", author__public_name="Note Taker")
    RecapFactory(talk=talk)
    RecapFactory(talk=talk, verdict="partly", draft=True)

    response = client.get(ADDRESS)

    assert texts(response, class_="verdict") == ["Something else than announced says Note Taker"]


def test_as_announced_and_without_verdict_nothing_stands_beside(client, talk):
    talk.announced = {"title": "Tests", "abstract": "The abstract.", "room": "Main hall"}
    talk.save()

    assert elements(client.get(ADDRESS), class_="happened") == []


@pytest.mark.parametrize(
    "announced",
    [
        [],
        None,
        "text",
        7,
        {"title": 7, "abstract": ["x"], "room": {}, "start": 7, "speakers": "Ada"},
        {"title": None, "abstract": None, "room": None, "start": None, "speakers": None},
        {"speakers": [7, None, {}, [], "", "\u200b"], "abstract_format": ["html"]},
        {"start": "soon", "title": "\u200b", "abstract": "\u0007"},
        {"start": "2017-13-45"},
        {"start": ""},
        {"start": "0001-01-01T00:00:00+14:00"},
        {"start": "9999-12-31T23:59:59-12:00"},
    ],
)
def test_odd_content_is_no_change_and_no_fault(client, talk, announced):
    talk.announced = announced if announced is not None else {}
    type(talk).objects.filter(pk=talk.pk).update(announced=talk.announced)

    response = client.get(ADDRESS)

    assert (response.status_code, texts(response, inside="changes")) == (200, [])


def test_announced_texts_are_escaped(client, talk):
    bad = "<script>a()</script>"
    SpeakerFactory(name=bad)
    shown = changes(client, talk, title=bad, room=bad, speakers=[bad], abstract=bad)

    assert shown == [f"Announced as “{bad}”", f"Announced in {bad}", f"Announced with {bad}"]


def test_who_was_deleted_is_named_no_more(client, talk):
    announced = {"speakers": ["Ada Okafor", "Cy Moe"]}
    assert changes(client, talk, **announced) == ["Announced with Ada Okafor, Cy Moe"]

    Speaker.objects.get(name="Cy Moe").delete()

    assert changes(client, talk, **announced) == ["Announced with Ada Okafor"]
    assert "Cy Moe" not in client.get(ADDRESS).content.decode()
