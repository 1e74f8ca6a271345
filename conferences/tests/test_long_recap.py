"""A conference's page reads as one long recap: in which order, how much of it, and what never."""

import datetime as dt

import pytest

from accounts.factories import UserFactory
from conferences import views
from conferences.factories import ConferenceFactory
from foundation.text.markdown import RENDERER_VERSION
from recaps.factories import RecapFactory
from recaps.models import Recap
from speakers.factories import SpeakerFactory
from talks.factories import TagFactory, TalkFactory
from tests.tools.pages import elements, targets, texts

pytestmark = pytest.mark.django_db
FIRST, SECOND = dt.date(2017, 4, 3), dt.date(2017, 4, 4)


@pytest.fixture
def conference():
    return ConferenceFactory(title="Conf")


def recap(title, **fields):
    return RecapFactory(title=title, body=f"Text of {title}.", **fields)


def at(hour):
    return dt.datetime(2017, 4, 10, hour, tzinfo=dt.UTC)


def test_its_own_recaps_come_first_then_those_of_talks_as_the_programme_goes(client, conference):
    late = TalkFactory(conference=conference, title="Late", given_on=SECOND)
    early = TalkFactory(conference=conference, title="Early", given_on=FIRST)
    TalkFactory(conference=conference, title="Nobody wrote", given_on=FIRST)
    recap("On late", talk=late)
    recap("Second on early", talk=early, published_at=at(15))
    recap("First on early", talk=early, published_at=at(14))
    recap("Days there", talk=None, conference=conference, published_at=at(16))

    response = client.get("/conferences/conf/")

    assert texts(response, "p", inside="prose") == [
        "Text of Days there.",
        "Text of First on early.",
        "Text of Second on early.",
        "Text of On late.",
    ]
    assert texts(response, "h2", inside="chapter") == ["Days there", "Early", "Late"]
    assert texts(response, class_="chapter-day") == ["Monday, 3 April", "Tuesday, 4 April"]


def test_parts_of_one_author_stand_together_in_their_order(client, conference):
    ada, jun = UserFactory(), UserFactory()
    about = {"talk": None, "conference": conference}
    recap("Ada 2", **about, author=ada, part_number=2, part_count=2, published_at=at(8))
    recap("Jun", **about, author=jun, published_at=at(9))
    recap("Ada 1", **about, author=ada, part_number=1, part_count=2, published_at=at(10))

    response = client.get("/conferences/conf/")

    assert texts(response, "h2", inside="chapter") == ["Ada 1", "Ada 2", "Jun"]
    assert texts(response, class_="recap-facts") == ["Part 1 of 2", "Part 2 of 2"]
    assert texts(response, "li", inside="long-recap-contents") == [
        "Ada 1 part 1 of 2",
        "Ada 2 part 2 of 2",
        "Jun",
    ]


def test_what_readers_may_not_see_is_nowhere_on_the_page(client, conference):
    covered, silent = TalkFactory(conference=conference), TalkFactory(conference=conference)
    recap("Seen", talk=covered)
    for state in ({"draft": True}, {"scheduled": True}, {"binned": True}):
        for subject in ({"talk": covered}, {"talk": silent}, {"talk": None}):
            about = subject if subject["talk"] else {**subject, "conference": conference}
            recap(f"Hidden {state} {subject}", **about, **state)
    recap("Hidden elsewhere", talk=TalkFactory())

    response = client.get("/conferences/conf/")

    assert texts(response, "p", inside="prose") == ["Text of Seen."]
    assert b"Hidden" not in response.content
    assert texts(response, class_="marker") == ["1 recap"]


def test_contents_and_programme_lead_to_places_on_the_page(client, conference):
    talk = TalkFactory(conference=conference, title="A talk", slug="a-talk", given_on=FIRST)
    undated = TalkFactory(conference=conference, title="Any day", undated=True)
    recap("On it", talk=talk)
    recap("", slug="untitled", talk=undated)
    recap("Days there", talk=None, conference=conference)

    response = client.get("/conferences/conf/")

    places = targets(response, inside="long-recap-contents") + targets(response, inside="session")
    inner = [place for place in places if place.startswith("#")]
    assert inner == [
        "#recap-days-there",
        "#read-2017-04-03",
        "#talk-a-talk",
        "#read-undated",
        "#talk-any-day",
        "#programme",
        "#talk-a-talk",
        "#talk-any-day",
    ]
    ids = [element["id"] for element in elements(response) if "id" in element]
    assert len(ids) == len(set(ids))
    shared = ["#recap-days-there", "#recap-on-it", "#recap-untitled"]
    assert targets(response, class_="chapter-anchor") == shared
    assert {place[1:] for place in [*inner, *shared]} <= set(ids)


def test_chapter_says_who_spoke_and_who_wrote(client, conference):
    talk = TalkFactory(
        conference=conference,
        title="A talk",
        speakers=[SpeakerFactory(name="Ada Okafor")],
        starts_at=dt.datetime(2017, 4, 3, 9, 30, tzinfo=dt.UTC),
        room="Dock 2",
    )
    author = UserFactory(public_name="Jun Mori")
    recap("My view", talk=talk, author=author, verdict="partly", language="en")
    recap("A talk", slug="same", talk=talk, author=author)
    recap("Days", talk=None, conference=conference, tags=[TagFactory(name="testing")])

    response = client.get("/conferences/conf/")

    assert texts(response, "div", inside="chapter-head")[0] == "Ada Okafor 09:30 Dock 2"
    assert texts(response, class_="chapter-subtitle") == ["My view"]
    assert texts(response, class_="recap-facts") == ["Partly as announced"]
    assert [e["aria-label"] for e in elements(response, "article", class_="chapter-recap")][1:] == [
        "My view, by Jun Mori",
        "A talk, by Jun Mori",
    ]
    assert texts(response, "a", inside="tag-list") == ["testing"]


def test_headings_go_down_one_step_at_a_time(client, conference):
    RecapFactory(talk=TalkFactory(conference=conference), body="# One\n\n### Two\n\n# Three")
    RecapFactory(talk=None, conference=conference, body="###### Deep")

    response = client.get("/conferences/conf/")

    levels = [int(e["tag"][1]) for e in elements(response) if e["tag"] in {"h1", "h2", "h3", "h4"}]
    assert levels == [1, 2, 2, 2, 3, 2, 3, 4, 3, 2, 3]


def test_beyond_its_weight_the_page_shows_how_texts_begin(client, conference, monkeypatch):
    talk = TalkFactory(conference=conference, given_on=FIRST)
    recap("One", talk=None, conference=conference)
    recap("Two", talk=talk, summary="Two in short.")
    recap("Three", talk=talk, published_at=at(20))
    monkeypatch.setattr(views, "MOST_TEXT", len("<p>Text of One.</p>\n"))

    response = client.get("/conferences/conf/")

    assert texts(response, class_="prose") == ["Text of One.", "Two in short.", "Text of Three."]
    assert texts(response, class_="chapter-more") == [
        "Read the whole recap: Two",
        "Read the whole recap: Three",
    ]
    assert targets(response, inside="chapter-more") == ["/recaps/two/", "/recaps/three/"]
    [notice] = texts(response, class_="notice")
    assert notice.startswith("The first 1 of 3 recaps stand here in full")


def test_page_of_sixty_recaps_renders_none(client, conference, django_assert_num_queries):
    first = RecapFactory(talk=None, conference=conference)
    Recap.objects.filter(pk=first.pk).update(body="# Not this", body_html="<p>Kept</p>")
    rows = [Recap(conference=conference, author=first.author, title=f"{n}") for n in range(59)]
    for number, row in enumerate(rows):
        row.slug, row.status, row.published_at = f"r{number}", "published", at(9)
        row.body, row.body_html = "# Not this", "<p>Kept</p>"
        row.renderer_version = RENDERER_VERSION
    Recap.objects.bulk_create(rows)

    with django_assert_num_queries(6):
        response = client.get("/conferences/conf/")

    assert texts(response, "p", inside="prose") == ["Kept"] * 60
    assert b"Not this" not in response.content


def test_conference_without_recaps_offers_no_book(client, conference):
    TalkFactory(conference=conference)
    RecapFactory(talk=None, conference=conference, draft=True)

    response = client.get("/conferences/conf/")

    assert texts(response, class_="long-recap") == []
    assert targets(response, href="/conferences/conf/book/") == []
