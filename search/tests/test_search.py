"""The search page: what it finds, in which order, and what it makes of odd queries."""

import datetime as dt
import re

import pytest

from conferences.factories import ConferenceFactory, SeriesFactory
from recaps.factories import RecapFactory
from speakers.factories import SpeakerAliasFactory, SpeakerFactory
from talks.factories import RecordingFactory, TagAliasFactory, TagFactory, TalkFactory
from talks.models import Talk

pytestmark = pytest.mark.django_db


def _found(client, query):
    """Return what the page found: the titles by kind, in the page's order."""
    titles = {}
    page = client.get("/search/", {"q": query}).context
    # Where nothing is found, the hits are those of another search.
    for hit in page["hits"] if "found" in page and page["found"].number else []:
        titles.setdefault(hit.kind, []).append(str(hit.thing))
    return titles


@pytest.fixture
def library():
    """One of each kind, with a word of its own."""
    series = SeriesFactory(title="PyCon Finland")
    conference = ConferenceFactory(title="Åland days 2017", series=series)
    talk = TalkFactory(
        conference=conference,
        title="Query plans for everybody",
        abstract="Sequential scans <b>explained</b>, node.js and real-time as well.",
        speakers=[SpeakerFactory(name="Łukasz Żółw")],
        tags=[TagFactory(name="databases")],
    )
    SpeakerAliasFactory(speaker=talk.speakers.get(), name="Lucas Turtle")
    TagAliasFactory(tag=talk.tags.get(), name="persistence")
    RecapFactory(talk=talk, title="What I took home", body="Bring an index.")


TALK = {"talk": ["Query plans for everybody"]}
RECAP = {"recap": ["What I took home"]}
SPEAKER = {"speaker": ["Łukasz Żółw"]}
CONFERENCE = {"conference": ["Åland days 2017"]}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("scans", TALK, id="abstract"),
        pytest.param("SCAN sequentially", TALK, id="stems-in-any-order"),
        pytest.param("query scans", TALK, id="words-from-two-places"),
        pytest.param("scans nobody", {}, id="every-word-must-occur"),
        pytest.param("Łukasz Żółw", TALK | RECAP | SPEAKER, id="speaker"),
        pytest.param("lukasz zolw", TALK | RECAP | SPEAKER, id="speaker-unaccented"),
        pytest.param("turtle", TALK | RECAP | SPEAKER, id="other-name"),
        pytest.param("aland", TALK | RECAP | CONFERENCE, id="conference"),
        pytest.param(
            "pycon", TALK | RECAP | CONFERENCE | {"series": ["PyCon Finland"]}, id="series"
        ),
        pytest.param("database", TALK | RECAP, id="tag"),
        pytest.param("persistence", TALK | RECAP, id="synonym"),
        pytest.param("index", TALK | RECAP, id="text-of-a-recap"),
        pytest.param('"query plans"', TALK | RECAP, id="phrase"),
        pytest.param('"plans query"', {}, id="phrase-in-its-order"),
        pytest.param("index -everybody", {}, id="without-a-word"),
        pytest.param("nothing or scans", TALK, id="either"),
        pytest.param("aland -scan", RECAP | CONFERENCE, id="without-its-stem"),
        pytest.param("the scans of all", TALK, id="words-that-do-not-count"),
        pytest.param("node.js", TALK, id="joined-by-a-dot"),
        pytest.param("real time", TALK, id="joined-by-a-hyphen"),
        pytest.param("  scans \t query  ", TALK, id="spaces"),
        pytest.param("sc\u200bans", TALK, id="invisible"),
        pytest.param("%", {}, id="percent"),
        pytest.param("\\", {}, id="backslash"),
        pytest.param("' OR 1=1 --", {}, id="injection"),
    ],
)
def test_search_finds(client, library, query, found):
    assert _found(client, query) == found


@pytest.mark.parametrize(
    ("language", "title", "query"),
    [
        ("de", "Die Zukunft der Datenbanken", "die datenbank"),
        ("fr", "Les générateurs", "generateur"),
        ("ja", "Python 入門", "入門"),
        ("zh", "使用机器学习", "机器"),
        ("ko", "파이썬으로 배우기", "파이썬"),
        ("th", "การเขียนโปรแกรม", "โปรแกรม"),
        ("pl", "Programowanie w Pythonie", "pythonie"),
        ("en", "The The", "the the"),
    ],
)
def test_texts_are_found_in_their_language(client, language, title, query):
    TalkFactory(title=title, language=language, slug="it")
    TalkFactory(title="Die hard", slug="another")

    assert _found(client, query) == {"talk": [title]}


def test_title_and_speaker_count_most(client):
    TalkFactory(title="Another", abstract="Only here: kettle.", slug="abstract")
    TalkFactory(title="Yet another", tags=[TagFactory(name="kettle")], slug="tag")
    TalkFactory(title="Third", speakers=[SpeakerFactory(name="Ann Kettle")], slug="speaker")
    TalkFactory(title="The kettle", slug="title")

    found = _found(client, "kettle")["talk"]

    assert found == ["The kettle", "Third", "Yet another", "Another"]


def test_drafts_scheduled_and_binned_recaps_and_their_tags_are_not_found(client):
    subject = {"conference": ConferenceFactory(title="Conf"), "talk": None}
    for state in ("draft", "scheduled", "binned"):
        tags = [TagFactory(name=f"secret {state}")]
        RecapFactory(**subject, title=f"Secret {state}", **{state: True}, tags=tags)
        RecapFactory(title=f"Of a talk {state}", body="Secret", **{state: True})

    response = client.get("/search/?q=secret")
    facets = {
        tuple(c.label for c in f.choices) for f in client.get("/search/?q=conf").context["facets"]
    }

    assert (response.context["found"].number, "ecret d" in response.content.decode()) == (0, False)
    assert not any("ecret" in label for labels in facets for label in labels)


@pytest.fixture
def many():
    """Talks of two years, languages and tags."""
    django, flask = TagFactory(name="Django", slug="django"), TagFactory(name="Flask", slug="flask")
    person = SpeakerFactory(name="Ann", slug="ann")
    for number in range(6):
        talk = TalkFactory(
            conference=ConferenceFactory(title=f"Conf {number % 2}", slug=f"conf-{number}"),
            title=f"Kettle {number}",
            given_on=dt.date(2015 + number // 2, 4, 3),
            language="de" if number == 5 else "en",
            tags=[django] if number < 4 else [django, flask],
            speakers=[person] if number == 0 else [],
        )
        if number == 1:
            RecordingFactory(talk=talk)
    RecapFactory(talk=Talk.objects.get(title="Kettle 0"), title="Kettle recap")


@pytest.mark.parametrize(
    ("choices", "numbers"),
    [
        ("kind=talk&year=2015", "01"),
        ("kind=talk&year=2015&year=2017", "0145"),
        ("kind=talk&year=2015-2016", "0123"),
        ("kind=talk&no-year=2015", "2345"),
        ("kind=talk&tag=django&tag=flask", "45"),
        ("kind=talk&no-tag=flask", "0123"),
        ("kind=talk&speaker=ann", "0"),
        ("kind=talk&conference=conf-3&conference=conf-4", "34"),
        ("kind=talk&no-conference=conf-3", "01245"),
        ("kind=talk&language=de", "5"),
        ("kind=talk&recap=yes", "0"),
        ("kind=talk&recording=yes", "1"),
        ("kind=talk&recording=no&year=2015", "0"),
        ("kind=talk&tag=unknown", ""),
        ("kind=talk&no-tag=unknown", "012345"),
        ("kind=talk&year=²²²²&year=99999&kind=nothing&recap=perhaps", "012345"),
        ("q=kettle&no-kind=recap&year=2015", "01"),
    ],
)
def test_facets_narrow_what_is_found(client, many, choices, numbers):
    hits = client.get(f"/search/?{choices}").context["hits"]

    assert sorted(str(hit.thing) for hit in hits) == [f"Kettle {number}" for number in numbers]


@pytest.mark.walks
@pytest.mark.parametrize(
    "address",
    [
        "q=kettle",
        "q=kettle&year=2015",
        "kind=talk",
        "tag=django&no-year=2016",
        "q=kettle&kind=talk&kind=recap",
    ],
)
def test_every_number_beside_a_filter_is_that_of_its_list(client, many, address):
    page = client.get(f"/search/?{address}").context

    for facet in page["facets"]:
        for choice in facet.choices:
            found = client.get(choice.url).context["found"].number
            assert found == choice.count + (page["found"].number if choice.adds else 0), choice
            if not choice.adds:
                left = client.get(choice.without_url).context["found"].number
                assert left == page["found"].number - choice.count


def test_choices_are_chips_that_come_off(client, many):
    address = "/search/?q=kettle&kind=talk&year=2015&year=2016&tag=django&no-tag=flask"

    page = client.get(address).context

    assert page["sentence"] == "Talks about “kettle” tagged Django without Flask, 2015 to 2016"
    assert page["search"].url == address
    assert {chip.label: chip.url for chip in page["chips"]} == {
        "Talks": address.replace("&kind=talk", ""),
        "2015": address.replace("&year=2015", ""),
        "2016": address.replace("&year=2016", ""),
        "Django": address.replace("&tag=django", ""),
        "Flask": address.replace("&no-tag=flask", ""),
    }


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("q=x", "Everything about “x”"),
        ("kind=talk&kind=recap", "Talks and recaps"),
        ("year=2015-2020&year=2022", "Everything, 2015 to 2020 or 2022"),
        (
            "speaker=ann&conference=conf-1&series=none",
            "Everything by Ann in the series none at Conf 1",
        ),
        ("language=de&recap=no", "Everything in German without a recap"),
    ],
)
def test_the_state_is_a_sentence(client, many, address, sentence):
    assert client.get(f"/search/?{address}").context["sentence"] == sentence


def test_pages_hold_each_result_once(client, monkeypatch):
    conference = ConferenceFactory(title="Other")
    Talk.objects.bulk_create(
        Talk(conference=conference, title=f"Django {n}", slug=f"t{n}") for n in range(45)
    )
    address, seen, pages = "/search/?q=django", [], 0

    while address:
        page = client.get(address).context
        seen += [hit.thing.pk for hit in page["hits"]]
        address, pages = page["found"].page.older_url, pages + 1

    assert (len(seen), len(set(seen)), pages) == (45, 45, 3)
    assert seen == sorted(seen, reverse=True)
    assert page["found"].page.newer_url.startswith("/search/?q=django&after=")


@pytest.mark.parametrize("cursor", ["after=x", "after=999999", "after=1&after=2", "before=1"])
def test_a_cursor_that_is_none_is_not_there(client, cursor):
    TalkFactory(title="Django")

    assert client.get(f"/search/?q=django&{cursor}").status_code == 404


def test_words_are_marked_and_everything_else_is_text(client):
    TalkFactory(
        title="<svg/onload=alert(1)> kettle &lt;b&gt;",
        abstract='A <img src=x onerror=alert(1)> kettle \x02 "quoted" &lt;script&gt; < kettle.',
    )

    html = client.get("/search/?q=kettle").content.decode()

    main = html.partition('class="hits"')[2].partition("</main>")[0]
    assert re.findall(r"<(svg|img|script|b)\b", main) == []
    assert main.count("<mark>kettle</mark>") == 3
    assert "&lt;script&gt;" in main


def test_unspaced_words_are_marked(client):
    TalkFactory(title="Python 入門", abstract="入門 <b>書</b>")

    [hit] = client.get("/search/", {"q": "入門"}).context["hits"]

    assert hit.marked.title == "Python <mark>入門</mark>"
    assert hit.marked.text == "<mark>入門</mark> 書"


@pytest.mark.parametrize("query", ["", "   ", "\u200b", "\u200d", "\u202e \ufeff"])
def test_without_words_there_is_the_box_and_how_to_search(client, query):
    response = client.get("/search/", {"q": query})

    html = response.content.decode()
    assert (response.status_code, "found" in response.context) == (200, False)
    assert html.count('name="q"') == 1
    assert "How to find it" in html


def test_without_a_query_at_all_there_is_the_box(client):
    assert client.get("/search/").status_code == 200


def test_nothing_found_leads_on(client):
    TalkFactory(title="Asynchronous kettles", tags=[TagFactory(name="kettle")])
    SpeakerFactory(name="Russell Keith-Magee")

    typo = client.get("/search/?q=asynchronos+ketles").context["help"]
    name = client.get("/search/?q=rusell+keth").context["help"]
    filtered = client.get("/search/?q=kettle&year=1999").context["help"]
    html = client.get("/search/?q=nothing").content.decode()

    assert typo.spelled.query == "asynchronous kettles"
    assert [tag.name for tag in client.get("/search/?q=kettlle").context["help"].tags] == ["kettle"]
    assert client.get("/search/?q=kendle").context["help"].tags == []
    assert [str(document) for document in name.speakers] == ["Russell Keith-Magee"]
    assert (filtered.unfiltered.url, filtered.spelled) == ("/search/?q=kettle", None)
    main = html.partition("<main")[2].partition("</main>")[0]
    wanted = ["/conferences/", "/speakers/", "/tags/", "/archive/"]
    assert [main.count(f'href="{address}"') for address in wanted] == [1] * 4


def test_in_place_of_nothing_comes_what_the_nearest_search_finds(client):
    TalkFactory(title="Asynchronous kettles", slug="a")
    TalkFactory(title="Copper lamps", slug="b")

    spelled = client.get("/search/?q=asynchronos+ketles").context
    some = client.get("/search/?q=kettles+%22in+thunder%22").context

    assert (spelled["found"].number, some["found"].number) == (0, 0)
    assert [str(hit.thing) for hit in spelled["hits"]] == ["Asynchronous kettles"]
    assert some["help"].some_words.query == 'kettles or "in thunder"'
    assert [str(hit.thing) for hit in some["hits"]] == ["Asynchronous kettles"]


def test_words_of_hidden_recaps_are_no_spellings(client):
    conference = ConferenceFactory(title="Conf")
    RecapFactory(talk=None, conference=conference, title="Unspeakable", draft=True)

    assert client.get("/search/?q=unspeakabel").context["help"].spelled is None


def test_the_query_stands_in_the_box_as_text(client):
    html = client.get("/search/", {"q": '"><script>alert(1)</script>'}).content.decode()

    assert html.count("<script>") == 0
    assert "&quot;&gt;&lt;script&gt;" in html


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("a" * 5000, id="one-long-word"),
        pytest.param("word " * 1000, id="many-words"),
        pytest.param("%" * 3000, id="wildcards"),
        pytest.param("-" * 3000, id="dashes"),
        pytest.param("- " * 100, id="dashes-apart"),
        pytest.param("-a " * 100, id="only-unwanted"),
        pytest.param('"' * 199, id="quotes"),
        pytest.param("or " * 60, id="ors"),
        pytest.param("a or -b or c " * 10, id="alternatives"),
        pytest.param("\\" * 201, id="backslashes"),
        pytest.param("!&|<->:*()'", id="operators"),
        pytest.param("\u0315\u0300" * 1000, id="marks"),
        pytest.param("{{7*191}} ${7*191}", id="templates"),
        pytest.param("' \" ; -- /* */ \r\n", id="signs"),
        pytest.param("😀👩‍👩‍👧", id="emoji"),
        pytest.param("入" * 200, id="unspaced"),
        pytest.param("-入門", id="unwanted-unspaced"),
        pytest.param("\x01\x0b\x1b\x7f\ufffe", id="controls"),
    ],
)
def test_odd_queries_are_answered(client, query):
    TalkFactory(title="Word")

    response = client.get("/search/", {"q": query})

    assert response.status_code == 200
    assert len(response.context["query"]) <= 200
    assert "1337" not in response.content.decode()


@pytest.mark.parametrize(
    "query", [pytest.param("q=%00", id="nul"), pytest.param("q=%FF%FE", id="not-utf-8")]
)
def test_what_is_no_text_is_refused(client, query):
    assert client.get(f"/search/?{query}").status_code == 400


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("data", ["databases"]),
        ("lukasz ż", ["Łukasz Żółw"]),
        ("ÅLAND", ["Åland days 2017"]),
        ("pycon fin", ["PyCon Finland"]),
        ("d", []),
        ("", []),
        ("%%", []),
        ("secret", []),
    ],
)
def test_names_are_suggested_while_typing(client, library, text, names):
    RecapFactory(draft=True, talk=None, conference=ConferenceFactory(), title="Secret",
                 tags=[TagFactory(name="secret")])  # fmt: skip

    response = client.get("/search/suggestions/", {"q": text})

    assert response.json() == {"suggestions": names}


def test_no_more_than_eight_names_are_suggested(client, django_assert_num_queries):
    for number in range(10):
        SpeakerFactory(name=f"Word {number}")
        ConferenceFactory(title=f"Word {number}")
        TalkFactory(tags=[TagFactory(name=f"word {number}")])

    with django_assert_num_queries(7):
        response = client.get("/search/suggestions/?q=word")

    assert len(response.json()["suggestions"]) == 8


def test_results_are_not_for_robots(client):
    html = client.get("/search/?q=x").content.decode()

    assert html.count('<meta name="robots" content="noindex">') == 1


def test_the_page_is_only_read(client):
    assert client.post("/search/", {"q": "x"}).status_code == 405


def test_no_query_without_words(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/search/?q=+")


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_runs_as_many_queries_for_one_row_as_for_three(
    client, django_assert_num_queries, count
):
    for number in range(count):
        conference = ConferenceFactory(
            title=f"Word {number}", series=SeriesFactory(title=f"Word {number}")
        )
        speaker, tag = SpeakerFactory(name=f"Word {number}"), TagFactory(name=f"word {number}")
        talk = TalkFactory(
            conference=conference, title=f"Word {number}", speakers=[speaker], tags=[tag]
        )
        RecapFactory(talk=talk, title=f"Word {number}")

    # Among them a savepoint, with which what was found stays if the filters take too long.
    with django_assert_num_queries(27):
        response = client.get("/search/?q=word")

    assert response.context["found"].number == 5 * count
