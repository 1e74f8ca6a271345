"""Related talks on a talk's page."""

import datetime as dt

import pytest

from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from recaps.models import Recap
from speakers.factories import SpeakerFactory
from talks import related
from talks.factories import TagFactory, TalkFactory
from tests.tools.pages import elements, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    return ConferenceFactory(title="Conf", slug="conf")


def _related(client):
    html = client.get("/conferences/conf/tests/").content.decode()
    band = html.partition('id="related"')[2].partition("</section>")[0]
    return [card["text"] for card in elements(band, "h3")]


def test_rare_things_say_more_than_common_ones(client, conference):
    common, rare = TagFactory(), TagFactory()
    ada = SpeakerFactory(name="Ada")
    TalkFactory(conference=conference, title="Tests", tags=[common, rare], speakers=[ada])
    for number in (1, 2, 3, 4):
        TalkFactory(title=f"Common {number}", tags=[common])
    TalkFactory(title="Rare", tags=[rare])
    TalkFactory(title="Both", tags=[common, rare])
    TalkFactory(title="Hers", speakers=[ada])
    TalkFactory(title="Other", tags=[TagFactory()], speakers=[SpeakerFactory()])

    assert _related(client) == ["Both", "Hers", "Rare", "Common 4", "Common 3", "Common 2"]


def test_words_of_the_title_count_and_of_equal_ones_the_newest_is_first(client, conference):
    tag = TagFactory()
    TalkFactory(conference=conference, title="Writing Tests", slug="tests", tags=[tag])
    TalkFactory(title="How to be WRITING good tests", tags=[tag])
    TalkFactory(title="Recent", tags=[tag], given_on=dt.date(2018, 1, 1))
    TalkFactory(title="Old", tags=[tag])
    TalkFactory(title="No day", tags=[tag], undated=True)

    assert _related(client) == ["How to be WRITING good tests", "Recent", "Old", "No day"]


def test_a_cancelled_talk_is_last_and_says_so(client, conference):
    tag, other = TagFactory(), TagFactory()
    TalkFactory(conference=conference, title="Tests", tags=[tag, other])
    TalkFactory(title="Near", tags=[tag, other], is_cancelled=True)
    TalkFactory(title="Far", tags=[tag])

    assert _related(client) == ["Far", "Near cancelled"]


def test_a_talk_without_recaps_names_those_that_have_some(client, conference):
    tag = TagFactory()
    talk = TalkFactory(conference=conference, title="Tests", tags=[tag])
    covered = TalkFactory(title="Covered", tags=[tag])
    TalkFactory(title="Bare", tags=[tag])
    hidden = RecapFactory(talk=covered, draft=True)

    without = _related(client)
    Recap.objects.filter(pk=hidden.pk).update(status="published", published_at=hidden.created_at)
    response = client.get("/conferences/conf/tests/")
    leads = _related(client)
    RecapFactory(talk=talk)

    assert without == ["Bare", "Covered"]
    assert leads == ["Covered"]
    assert "Related talks with recaps" in texts(response, "h2")
    assert texts(response, class_="marker") == ["1 recap"]
    assert _related(client) == ["Bare", "Covered"]


def test_a_talk_without_tags_and_speakers_has_none(client, conference):
    TalkFactory(conference=conference, title="Tests")
    TalkFactory(title="Tests")

    assert "Related talks" not in texts(client.get("/conferences/conf/tests/"), "h2")


def test_of_what_very_many_have_only_the_last_are_looked_at(client, conference, monkeypatch):
    monkeypatch.setattr(related, "PER_THING", 2)
    tag = TagFactory()
    talks = [TalkFactory(title=f"Talk no {n}", tags=[tag]) for n in (1, 2, 3)]
    TalkFactory(conference=conference, title="Tests", tags=[tag], speakers=[SpeakerFactory()])

    assert _related(client) == [talks[2].title]


@pytest.mark.parametrize(
    ("title", "other", "expected"),
    [
        ("Django tests", "DJANGO tests", 1.0),
        ("Django tests", "Django templates", 0.5),
        ("On the way", "On the run", 0),
        ("Django", "日本語", 0),
    ],
)
def test_titles_are_alike_as_far_as_they_share_longer_words(title, other, expected):
    assert related.likeness(title, other) == pytest.approx(expected)
