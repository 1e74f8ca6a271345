"""The search page: titles and names that hold all the words."""

import pytest

from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from search.finding import MOST_TALKS, find
from speakers.factories import SpeakerAliasFactory, SpeakerFactory
from talks.factories import TagAliasFactory, TagFactory, TalkFactory
from talks.models import Talk

pytestmark = pytest.mark.django_db


def _found(client, query):
    """Return what the page found, kind by kind; only the kinds that have something."""
    found = client.get("/search/", {"q": query}).context["found"]
    kinds = ("talks", "speakers", "conferences", "tags", "recaps")
    names = {kind: [str(row) for row in getattr(found, kind).rows] for kind in kinds}
    return {kind: rows for kind, rows in names.items() if rows}


@pytest.fixture
def library():
    """One of each kind, with a word of its own."""
    conference = ConferenceFactory(title="PyCon Åland 2017")
    talk = TalkFactory(
        conference=conference,
        title="Query plans for everybody",
        speakers=[SpeakerFactory(name="Łukasz Żółw")],
        tags=[TagFactory(name="databases")],
    )
    SpeakerAliasFactory(speaker=talk.speakers.get(), name="Lucas Turtle")
    TagAliasFactory(tag=talk.tags.get(), name="persistence")
    RecapFactory(talk=talk, title="What I took home")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("plans", {"talks": ["Query plans for everybody"]}, id="talk"),
        pytest.param("PLANS query", {"talks": ["Query plans for everybody"]}, id="any-order"),
        pytest.param("every", {"talks": ["Query plans for everybody"]}, id="part-of-a-word"),
        pytest.param("plans nobody", {}, id="every-word-must-occur"),
        pytest.param("Łukasz", {"speakers": ["Łukasz Żółw"]}, id="speaker"),
        pytest.param("lukasz zolw", {"speakers": ["Łukasz Żółw"]}, id="speaker-unaccented"),
        pytest.param("żółw", {"speakers": ["Łukasz Żółw"]}, id="other-case-of-other-scripts"),
        pytest.param("turtle", {"speakers": ["Łukasz Żółw"]}, id="other-name"),
        pytest.param("åland", {"conferences": ["PyCon Åland 2017"]}, id="conference"),
        pytest.param("database", {"tags": ["databases"]}, id="tag"),
        pytest.param("persist", {"tags": ["databases"]}, id="synonym"),
        pytest.param("took home", {"recaps": ["What I took home"]}, id="recap"),
        pytest.param("  plans \t query  ", {"talks": ["Query plans for everybody"]}, id="spaces"),
        pytest.param("pl\u200bans", {"talks": ["Query plans for everybody"]}, id="invisible"),
        pytest.param("%", {}, id="percent-is-a-sign"),
        pytest.param("_", {}, id="underscore-is-a-sign"),
        pytest.param("Query_plans", {}, id="underscore-is-no-wildcard"),
        pytest.param("\\", {}, id="backslash"),
        pytest.param("' OR 1=1 --", {}, id="injection"),
    ],
)
def test_search_finds(client, library, query, found):
    assert _found(client, query) == found


@pytest.mark.parametrize(
    ("title", "query"),
    [("100 % pure", "100 %"), ("snake_case", "e_c"), ("a\\b", "\\"), ("it's", "'"), ("C++", "c++")],
)
def test_signs_are_looked_for_as_they_stand(client, title, query):
    TalkFactory(title=title, slug="it")
    TalkFactory(title="Another", slug="another")

    assert _found(client, query) == {"talks": [title]}


def test_drafts_scheduled_recaps_and_their_tags_are_not_found(client):
    subject = {"conference": ConferenceFactory(title="Conf"), "talk": None}
    RecapFactory(**subject, title="Secret draft", draft=True, tags=[TagFactory(name="secret")])
    RecapFactory(**subject, title="Secret plan", scheduled=True, tags=[TagFactory(name="secrets")])

    assert _found(client, "secret") == {}


def test_talks_come_newest_first_and_no_more_than_a_page_of_them(client):
    conference = ConferenceFactory()
    Talk.objects.bulk_create(
        Talk(conference=conference, title=f"Django {n}", slug=f"t{n}")
        for n in range(MOST_TALKS + 1)
    )

    found = client.get("/search/?q=django").context["found"]

    assert [talk.title for talk in found.talks.rows][:2] == ["Django 25", "Django 24"]
    assert (len(found.talks), found.talks.has_more, found.number) == (25, True, 25)


@pytest.mark.parametrize("query", ["", "   ", "\u200b", "\u200d", "\u202e \ufeff"])
def test_without_words_there_is_the_box_and_how_to_search(client, query):
    response = client.get("/search/", {"q": query})

    html = response.content.decode()
    assert (response.status_code, response.context["found"]) == (200, None)
    assert html.count('name="q"') == 1
    assert "How to find it" in html


def test_without_a_query_at_all_there_is_the_box(client):
    assert client.get("/search/").status_code == 200


def test_nothing_found_leads_on(client):
    html = client.get("/search/?q=nothing").content.decode()

    assert "Nothing has all these words in its title or name." in html
    wanted = ["/conferences/", "/speakers/", "/tags/", "/archive/"]
    main = html.partition("<main")[2].partition("</main>")[0]
    assert [main.count(f'href="{address}"') for address in wanted] == [1] * 4


def test_the_query_stands_in_the_box_as_text(client):
    html = client.get("/search/", {"q": '"><script>alert(1)</script>'}).content.decode()

    assert html.count("<script") == 0
    assert "&quot;&gt;&lt;script&gt;" in html


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("a" * 5000, id="one-long-word"),
        pytest.param("word " * 1000, id="many-words"),
        pytest.param("%" * 3000, id="wildcards"),
        pytest.param("-" * 3000, id="dashes"),
        pytest.param("\\" * 201, id="backslashes"),
        pytest.param("\u0315\u0300" * 1000, id="marks"),
        pytest.param("{{7*191}} ${7*191}", id="templates"),
        pytest.param("' \" ; -- /* */ \r\n", id="signs"),
        pytest.param("😀👩‍👩‍👧", id="emoji"),
        pytest.param("\x01\x0b\x1b\x7f\ufffe", id="controls"),
    ],
)
def test_odd_queries_are_answered(client, query):
    response = client.get("/search/", {"q": query})

    assert response.status_code == 200
    assert len(response.context["query"]) <= 200
    assert "1337" not in response.content.decode()


@pytest.mark.parametrize(
    "query", [pytest.param("q=%00", id="nul"), pytest.param("q=%FF%FE", id="not-utf-8")]
)
def test_what_is_no_text_is_refused(client, query):
    assert client.get(f"/search/?{query}").status_code == 400


def test_results_are_not_for_robots(client):
    html = client.get("/search/?q=x").content.decode()

    assert html.count('<meta name="robots" content="noindex">') == 1


def test_the_page_is_only_read(client):
    assert client.post("/search/", {"q": "x"}).status_code == 405


def test_no_query_without_words(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/search/?q=+")


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_runs_ten_queries(client, django_assert_num_queries, count):
    for number in range(count):
        conference = ConferenceFactory(title=f"Word {number}")
        speaker, tag = SpeakerFactory(name=f"Word {number}"), TagFactory(name=f"word {number}")
        talk = TalkFactory(
            conference=conference, title=f"Word {number}", speakers=[speaker], tags=[tag]
        )
        RecapFactory(talk=talk, title=f"Word {number}")

    with django_assert_num_queries(10):
        response = client.get("/search/?q=word")

    assert response.context["found"].number == 5 * count


def test_finding_works_without_a_request():
    TalkFactory(title="Query plans")

    assert [talk.title for talk in find(["plans"]).talks.rows] == ["Query plans"]
