"""Two conferences of one name and the same days can be told apart, listed or chosen."""

import pytest

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory, SeriesFactory
from speakers.factories import SpeakerFactory
from talks.factories import TalkFactory
from tests.tools.signing_in import sign_in

pytestmark = pytest.mark.django_db

AUTOCOMPLETE = "/admin/autocomplete/?app_label={}&model_name={}&field_name={}&term={}"


@pytest.fixture
def twins():
    """Two of one name, of the same days and place: their addresses alone differ."""
    series = SeriesFactory()
    facts = {"title": "Twin conference", "city": "Turin", "country": "IT", "series": series}
    twins = [ConferenceFactory(**facts, slug=slug) for slug in ("twin-a", "twin-b")]
    for conference in twins:
        TalkFactory(title="Twinning", conference=conference, speakers=[SpeakerFactory()])
    return twins


@pytest.mark.parametrize(
    "page", ["/", "/conferences/", "/search/?q=twin+conference", "/series/{series}/"]
)
def test_lists_show_their_addresses(client, twins, page):
    text = client.get(page.format(series=twins[0].series.slug)).content.decode()

    assert "<bdi>twin-a</bdi>" in text
    assert "<bdi>twin-b</bdi>" in text


def test_who_has_no_twin_is_shown_without(client):
    ConferenceFactory(title="Twin", slug="twin-a", city="Turin")
    ConferenceFactory(title="Twin", slug="twin-b", city="Rome")

    assert "<bdi>twin-a</bdi>" not in client.get("/conferences/").content.decode()


def test_facets_tell_them_apart(client, twins):
    text = client.get("/search/?q=twinning").content.decode()

    assert "Twin conference · twin-a" in text
    assert "Twin conference · twin-b" in text


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (("talks", "talk", "conference", "twin"), "Turin, Italy · twin-a"),
        (("recaps", "recap", "talk", "twinning"), "Twin conference · 2017-04-03 · Turin, Italy"),
    ],
)
def test_choices_of_the_admin_tell_them_apart(client, twins, asked, wanted):
    sign_in(client, UserFactory(superuser=True))

    labels = [row["text"] for row in client.get(AUTOCOMPLETE.format(*asked)).json()["results"]]

    assert len(set(labels)) == 2
    assert any(wanted in label for label in labels)


def test_namesakes_are_told_apart_too(client):
    sign_in(client, UserFactory(superuser=True))
    SpeakerFactory(name="Ada Okafor")
    SpeakerFactory(name="Ada Okafor", slug="ada-okafor-2")

    found = client.get(AUTOCOMPLETE.format("talks", "talkspeaker", "speaker", "okafor")).json()

    assert {row["text"] for row in found["results"]} == {"Ada Okafor", "Ada Okafor · ada-okafor-2"}
