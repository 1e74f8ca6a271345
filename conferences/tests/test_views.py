"""Pages of conferences and series, as readers get them."""

import datetime as dt

import pytest

from conferences.factories import ConferenceFactory, SeriesFactory
from foundation.models.old_addresses import change_address
from recaps.factories import RecapFactory
from talks.factories import TagFactory, TalkFactory
from tests.tools.pages import elements, targets, texts

pytestmark = pytest.mark.django_db


def conference_of(year, **fields):
    start = dt.date(year, 5, 1)
    return ConferenceFactory(starts_on=start, ends_on=start + dt.timedelta(days=2), **fields)


def listed(response):
    return texts(response, "h3", inside="conference-card")


# /conferences/


def test_conferences_are_listed_by_year_the_newest_first(client):
    conference_of(2016, title="Old Conf")
    conference_of(2018, title="New Conf")
    conference_of(2018, title="Newer Conf")
    ConferenceFactory(title="Some Conf", undated=True)

    response = client.get("/conferences/")

    assert texts(response, "h1") == ["Conferences"]
    assert texts(response, "h2") == ["2018", "2016", "Dates unknown"]
    assert listed(response) == ["Newer Conf", "New Conf", "Old Conf", "Some Conf"]


def test_conference_in_the_list_says_when_where_and_how_much(client):
    conference = conference_of(2018, title="Conf", city="Lisbon", country="PT")
    talk = TalkFactory(conference=conference)
    TalkFactory(conference=conference)
    RecapFactory(talk=talk)
    RecapFactory(talk=None, conference=conference)
    RecapFactory(talk=talk, draft=True)
    RecapFactory(talk=None, conference=conference, scheduled=True)

    response = client.get("/conferences/")

    assert texts(response, "p", inside="conference-card") == [
        "1–3 May 2018 Lisbon, Portugal",
        "2 talks 2 recaps",
    ]


def test_conferences_link_to_their_series(client):
    conference_of(2018, series=SeriesFactory(title="Harbour Conf"))

    response = client.get("/conferences/")

    assert "/series/harbour-conf/" in targets(response, inside="conference-card")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("country=PT", ["In Lisbon", "In Porto"], id="country"),
        pytest.param("country=pt", ["In Lisbon", "In Porto"], id="country-in-small-letters"),
        pytest.param("series=harbour", ["In Lisbon", "In Cork"], id="series"),
        pytest.param("country=PT&series=harbour", ["In Lisbon"], id="both"),
        pytest.param("country=&series=", ["In Lisbon", "In Porto", "In Cork"], id="empty"),
        pytest.param("country=PRT", ["In Lisbon", "In Porto", "In Cork"], id="code-too-long"),
        pytest.param("series=a%20b", ["In Lisbon", "In Porto", "In Cork"], id="no-slug"),
        pytest.param("country=ZZ", [], id="unknown-country"),
        pytest.param("country=%27%3B", [], id="signs-for-a-country"),
        pytest.param("series=nothing", [], id="unknown-series"),
    ],
)
def test_conferences_can_be_narrowed(client, query, expected):
    harbour = SeriesFactory(title="Harbour", slug="harbour")
    conference_of(2018, title="In Lisbon", country="PT", series=harbour)
    conference_of(2017, title="In Porto", country="PT")
    conference_of(2016, title="In Cork", country="IE", series=harbour)

    response = client.get(f"/conferences/?{query}")

    assert response.status_code == 200
    assert listed(response) == expected


def test_narrowed_list_remembers_the_choice_and_offers_only_what_there_is(client):
    harbour = SeriesFactory(title="Harbour", slug="harbour")
    SeriesFactory(title="Never held")
    conference_of(2018, country="PT", series=harbour)
    conference_of(2017, country="IE")

    response = client.get("/conferences/?country=PT")

    assert texts(response, "option") == [
        "All countries",
        "Ireland",
        "Portugal",
        "All series",
        "Harbour",
    ]
    chosen = [option["text"] for option in elements(response, "option") if "selected" in option]
    assert chosen == ["Portugal"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "There are no conferences yet."),
        ("?country=PT", "No conference here answers to that choice."),
    ],
)
def test_empty_list_of_conferences_says_so(client, query, said):
    assert texts(client.get(f"/conferences/{query}"), "p", inside="empty-note") == [said]


def test_long_list_of_conferences_has_every_row_once(client):
    for number in range(51):
        conference_of(2010, title=f"Conf {number:02}")

    first = client.get("/conferences/")
    (older,) = targets(first, rel="next")
    second = client.get(older)

    assert listed(first) + listed(second) == [f"Conf {number:02}" for number in range(50, -1, -1)]
    assert targets(second, rel="prev") != []


@pytest.mark.parametrize("cursor", ["x", "2017-01-01", "~", "2017-13-01~1", "2017-01-01~x"])
def test_bad_cursor_is_not_found(client, cursor):
    assert client.get("/conferences/", {"after": cursor}).status_code == 404


@pytest.mark.parametrize("conference_count", [1, 3])
def test_conferences_ask_the_same_number_of_queries(
    client, django_assert_num_queries, conference_count
):
    for number in range(conference_count):
        conference = conference_of(2018, country="PT", series=SeriesFactory())
        RecapFactory(talk=TalkFactory(conference=conference, title=f"Talk {number}"))

    with django_assert_num_queries(3):
        response = client.get("/conferences/")

    assert len(listed(response)) == conference_count


# Old addresses


def test_renamed_conference_is_found_at_each_of_its_old_addresses_in_one_step(client):
    conference = ConferenceFactory(title="Conf", slug="first")
    change_address(conference, slug="second")
    change_address(conference, slug="third")

    answers = {slug: client.get(f"/conferences/{slug}/") for slug in ("first", "second", "third")}

    assert {slug: (a.status_code, a.headers.get("Location")) for slug, a in answers.items()} == {
        "first": (301, "/conferences/third/"),
        "second": (301, "/conferences/third/"),
        "third": (200, None),
    }


def test_renamed_series_is_found_at_its_old_address(client):
    change_address(SeriesFactory(slug="before"), slug="after")

    response = client.get("/series/before/")

    assert (response.status_code, response.headers["Location"]) == (301, "/series/after/")


@pytest.mark.parametrize("path", ["/conferences/none/", "/series/none/", "/conferences/A%20B/"])
def test_unknown_conference_or_series_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/conferences/", "/conferences/conf/", "/series/series/"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_of_conferences_can_only_be_read(client, path, method):
    ConferenceFactory(slug="conf", series=SeriesFactory(slug="series"))

    assert getattr(client, method)(path).status_code == 405


# /series/<series>/


def editions(response):
    """Return the cells of the table of editions, line by line."""
    cells = (
        texts(response, inside="editions", tag="th")[4:],
        texts(response, "td", inside="editions"),
    )
    titles, others = cells
    return [(title, *others[3 * n : 3 * n + 3]) for n, title in enumerate(titles)]


def test_series_has_its_editions_side_by_side_the_newest_first(client):
    series = SeriesFactory(title="Harbour", website="https://harbour.example/")
    web, data = TagFactory(name="web"), TagFactory(name="data")
    conference_of(2016, title="Harbour 2016", series=series, city="Lisbon")
    edition = conference_of(2018, title="Harbour 2018", series=series)
    conference_of(2017, title="Elsewhere")
    talk = TalkFactory(conference=edition, tags=[web, data])
    TalkFactory(conference=edition, tags=[web])
    RecapFactory(talk=talk)
    RecapFactory(talk=talk)
    RecapFactory(talk=TalkFactory(conference=edition), draft=True)
    RecapFactory(talk=None, conference=edition, draft=True)

    response = client.get("/series/harbour/")

    assert texts(response, "h1") == ["Harbour"]
    assert texts(response, class_="lede") == ["2 editions over the years harbour.example"]
    assert editions(response) == [
        ("Harbour 2018 1–3 May 2018", "2018", "3 talks, 1 with recaps 2 recaps", "web data"),
        ("Harbour 2016 1–3 May 2016 Lisbon", "2016", "0 talks", ""),
    ]
    lengths = [bar["width"] for bar in elements(response, "rect")]
    assert lengths == ["100.0%", "33.33%"]


def test_an_edition_names_its_five_main_topics(client):
    series = SeriesFactory(title="Harbour")
    for year, number in [(2016, 3), (2017, 7)]:
        edition = conference_of(year, series=series)
        tags = [TagFactory(name=f"t{year}-{n}") for n in range(number)]
        TalkFactory(conference=edition, tags=tags)
        TalkFactory(conference=edition, tags=tags[-1:])

    response = client.get("/series/harbour/")

    assert [topics.split() for *_others, topics in editions(response)] == [
        ["t2017-6", "t2017-0", "t2017-1", "t2017-2", "t2017-3"],
        ["t2016-2", "t2016-0", "t2016-1"],
    ]


def test_series_without_editions_says_so(client):
    SeriesFactory(title="Harbour")

    response = client.get("/series/harbour/")

    assert texts(response, "p", inside="empty-note") == ["No edition of it is known yet."]


@pytest.mark.parametrize("edition_count", [1, 3])
def test_series_asks_the_same_number_of_queries(client, django_assert_num_queries, edition_count):
    series = SeriesFactory(title="Harbour")
    for number in range(edition_count):
        edition = conference_of(2010 + number, series=series)
        RecapFactory(talk=TalkFactory(conference=edition, tags=[TagFactory(), TagFactory()]))

    with django_assert_num_queries(3):
        response = client.get("/series/harbour/")

    assert len(editions(response)) == edition_count


# /series/


def test_series_are_listed_with_their_editions_and_years(client):
    series = SeriesFactory(title="harbour conf")
    for year in (2016, 2018):
        ConferenceFactory(series=series, starts_on=dt.date(year, 5, 1), ends_on=None)
    ConferenceFactory(series=SeriesFactory(title="Autumn Days"), undated=True)
    SeriesFactory(title="Never held")

    response = client.get("/series/")

    assert texts(response, "li", inside="named") == [
        "Autumn Days 1 edition",
        "harbour conf 2 editions, 2016–2018",
    ]


def test_without_series_the_list_says_so(client):
    assert texts(client.get("/series/"), "p", inside="empty-note") == ["There are no series yet."]


@pytest.mark.parametrize("row_count", [1, 3])
def test_series_ask_the_same_number_of_queries(client, django_assert_num_queries, row_count):
    for _ in range(row_count):
        ConferenceFactory(series=SeriesFactory())

    with django_assert_num_queries(1):
        response = client.get("/series/")

    assert len(texts(response, "li", inside="named")) == row_count
