"""The Atom feed of a search: the recaps that it finds."""

import datetime as dt
from xml.etree import ElementTree as ET

import pytest
from django.db import connection

from conferences.factories import ConferenceFactory, SeriesFactory
from recaps.factories import RecapFactory
from recaps.models import Recap
from search import feeds
from speakers.factories import SpeakerFactory
from talks.factories import RecordingFactory, TagFactory, TalkFactory
from tests.tools.pages import elements, targets

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEED = "/search/feed.atom"


def _feed(client, query):
    response = client.get(f"{FEED}?{query}")
    assert (response.status_code, response.headers["Content-Type"]) == (
        200,
        "application/atom+xml; charset=utf-8",
    )
    return ET.fromstring(response.content)


def _titles(feed):
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def _links(feed):
    return {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}


def _on(day):
    return dt.datetime(2017, 5, day, tzinfo=dt.UTC)


@pytest.fixture
def library():
    """Recaps of two talks and of a conference, and what could leak into their feeds."""
    conference = ConferenceFactory(
        title="Conf", slug="conf", series=SeriesFactory(title="Years", slug="years")
    )
    tag = TagFactory(name="Django", slug="django")
    talk = TalkFactory(
        title="Async kettles",
        conference=conference,
        tags=[tag],
        speakers=[SpeakerFactory(name="Ann", slug="ann")],
        given_on=dt.date(2015, 4, 3),
        abstract="Whistles, announced.",
    )
    other = TalkFactory(
        title="Lamps", conference__slug="elsewhere", given_on=dt.date(2016, 4, 3), language="de"
    )
    RecordingFactory(talk=talk)
    RecapFactory(title="First", talk=talk, published_at=_on(1), language="en")
    RecapFactory(title="Second", talk=talk, published_at=_on(4), body="Steam.")
    RecapFactory(title="Whole days", talk=None, conference=conference, tags=[tag],
                 body="All was async.", published_at=_on(2))  # fmt: skip
    RecapFactory(title="Lit", talk=other, body="Nothing async here.", published_at=_on(3))
    for hidden in ({"draft": True}, {"scheduled": True}, {"binned": True}):
        RecapFactory(title=f"Async {hidden}", talk=talk, tags=[tag], **hidden)
        RecapFactory(title=f"Async conf {hidden}", talk=None, conference=conference, tags=[tag],
                     **hidden)  # fmt: skip
    return talk


EVERY = ["Second", "Lit", "Whole days", "First"]


@pytest.mark.walks
@pytest.mark.parametrize(
    ("query", "entries"),
    [
        ("q=async", EVERY),
        ("q=steam", ["Second"]),
        ("q=async+-steam", ["Lit", "Whole days", "First"]),
        ("q=steam+or+lamps", ["Second", "Lit"]),
        ("q=whistles", []),
        ("q=async&tag=django", ["Second", "Whole days", "First"]),
        ("q=async&no-tag=django", ["Lit"]),
        ("speaker=ann", ["Second", "First"]),
        ("conference=conf", ["Second", "Whole days", "First"]),
        ("series=years&year=2015", ["Second", "First"]),
        ("no-year=2015", ["Lit", "Whole days"]),
        ("language=de", ["Lit"]),
        ("recording=yes", ["Second", "First"]),
        ("recap=yes", EVERY),
        ("recap=no", []),
        ("tag=unknown", []),
        ("kind=talk&q=async", EVERY),
        ("kind=speaker&kind=series&no-kind=recap&q=async", EVERY),
        ("q=async&year=long-ago&kind=nothing", EVERY),
    ],
)
def test_the_feed_has_the_recaps_that_the_search_finds(client, library, query, entries):
    assert _titles(_feed(client, query)) == entries


def test_a_feed_of_more_than_are_counted_has_them_all(client, library, monkeypatch):
    monkeypatch.setattr(feeds, "MOST_COUNTED", 3)

    assert _titles(_feed(client, "q=async")) == EVERY


@pytest.mark.parametrize("query", ["q=async", "q=async&tag=django&no-year=2016", "language=de"])
def test_the_feed_is_the_list_of_the_page_with_recaps_alone(client, settings, library, query):
    feed = _feed(client, query)

    page = client.get(_links(feed)["alternate"].removeprefix(settings.SITE_URL))

    assert sorted(_titles(feed)) == sorted(hit.thing.title for hit in page.context["hits"])
    assert page.context["sentence"] in feed.findtext(f"{ATOM}title")


def test_the_feed_says_what_it_follows_and_every_spelling_of_it_is_one(client, settings, library):
    settings.SITE_URL = "https://notes.example"

    feed = _feed(client, "x=sent&year=2015&kind=talk&q=++async&tag=django&no-language=de")
    again = _feed(client, "q=async&no-language=de&tag=django&year=2015")

    address = f"https://notes.example{FEED}?q=async&year=2015&tag=django&no-language=de"
    assert _links(feed) == {
        "alternate": "https://notes.example/search/"
        "?q=async&kind=recap&year=2015&tag=django&no-language=de",
        "self": address,
        "first": address,
    }
    assert feed.findtext(f"{ATOM}title") == (
        "Talk Notes: Recaps about “async” tagged Django without German, 2015"
    )
    assert feed.findtext(f"{ATOM}id").startswith("urn:uuid:")
    assert ET.tostring(feed) == ET.tostring(again)


def test_an_entry_is_the_whole_recap_and_the_same_as_in_other_feeds(client, library):
    [entry] = _feed(client, "q=steam").iter(f"{ATOM}entry")
    other = ET.fromstring(client.get("/tags/django/feed.atom").content)

    recap = Recap.objects.get(title="Second")
    assert entry.findtext(f"{ATOM}id") == recap.uid.urn
    assert entry.findtext(f"{ATOM}updated") == recap.revised_at.isoformat()
    assert entry.findtext(f"{ATOM}content") == "<p>Steam.</p>\n"
    assert ET.tostring(entry) == ET.tostring(next(other.iter(f"{ATOM}entry")))


def test_pages_lead_to_each_other_and_keep_the_search(client, settings):
    talk = TalkFactory(title="Kettle", tags=[TagFactory(name="日本", slug="日本")])
    for day in range(31):
        RecapFactory(talk=talk, title=f"Day {day}", published_at=_on(1) + dt.timedelta(days=day))

    first = _feed(client, "kind=talk&q=kettle&tag=日本&x=y")
    second = _feed(client, _links(first)["next"].partition("?")[2])
    back = _feed(client, _links(second)["previous"].partition("?")[2])

    start = f"{settings.SITE_URL}{FEED}?q=kettle&tag=%E6%97%A5%E6%9C%AC"
    assert _titles(first) == _titles(back) == [f"Day {day}" for day in range(30, 0, -1)]
    assert _titles(second) == ["Day 0"]
    assert _links(first)["self"] == _links(second)["first"] == start
    assert _links(second)["self"] == _links(first)["next"]
    assert _links(first)["next"].startswith(f"{start}&after=")
    assert first.findtext(f"{ATOM}id") == second.findtext(f"{ATOM}id")


def test_the_search_page_offers_its_feed(client, library):
    page = client.get("/search/?kind=talk&q=async&tag=django")

    address = f"{FEED}?q=async&tag=django"
    offered = elements(page, "link", type="application/atom+xml")[-1]
    assert (offered["href"], offered["title"]) == (
        address,
        "Recaps: Talks about “async” tagged Django",
    )
    assert address in targets(page)


@pytest.mark.parametrize("query", ["", "q=", "q=%3F%21", "kind=recap", "year=x", "no-kind=talk"])
def test_what_asks_nothing_of_recaps_leads_to_the_feed_of_the_site(client, query):
    response = client.get(f"{FEED}?{query}")

    assert (response.status_code, response.headers["Location"]) == (302, "/feeds/recaps.atom")


def test_who_has_the_feed_is_told_so_without_its_texts_being_read(
    client, library, django_assert_num_queries
):
    etag = client.get(f"{FEED}?q=async").headers["ETag"]

    with django_assert_num_queries(8):
        response = client.get(f"{FEED}?q=async", headers={"if-none-match": etag})
    Recap.objects.filter(title="Lit").update(body_html="<p>Anew</p>")
    changed = client.get(f"{FEED}?q=async", headers={"if-none-match": etag})
    other = client.get(f"{FEED}?q=async&tag=django", headers={"if-none-match": etag})

    assert (response.status_code, response.content) == (304, b"")
    assert (changed.status_code, other.status_code) == (200, 200)


@pytest.mark.parametrize("count", [1, 3])
def test_a_feed_runs_as_many_queries_for_one_recap_as_for_three(
    client, django_assert_num_queries, count
):
    tag = TagFactory(name="Topic", slug="topic")
    for number in range(count):
        talk = TalkFactory(tags=[tag], speakers=[SpeakerFactory()])
        RecapFactory(talk=talk, title=f"Kettle {number}")
        RecapFactory(talk=None, conference=ConferenceFactory(), title=f"Kettles {number}",
                     tags=[tag])  # fmt: skip

    with django_assert_num_queries(12):
        feed = _feed(client, "q=kettle&tag=topic")

    assert len(_titles(feed)) == 2 * count


@pytest.mark.parametrize(
    "hostile",
    [
        "a\x0b\x01\ufffe]]><![CDATA[b",
        "</title><script>",
        "&amp; &#11; \"'",
        "<!-- <?xml?>",
        "\U0010ffff",
    ],
)
def test_whatever_titles_and_words_hold_the_feed_is_well_formed(client, hostile):
    recap = RecapFactory(talk=TalkFactory(tags=[TagFactory(name="Topic", slug="topic")]))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE recaps_recap SET title = %s", [f"Kettle {hostile}"])
        cursor.execute("UPDATE talks_tag SET name = %s", [hostile])

    response = client.get(FEED, {"q": f"kettle or {hostile}", "tag": "topic"})

    [entry] = ET.fromstring(response.content).iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == recap.uid.urn


@pytest.mark.parametrize(
    ("query", "status"),
    [
        pytest.param("q=async&after=x", 404, id="no-cursor"),
        pytest.param("q=async&after=1&before=2", 404, id="two-cursors"),
        pytest.param("q=%00", 400, id="nul"),
        pytest.param("q=%FF%FE", 400, id="not-utf-8"),
        pytest.param("q=" + "a" * 5000, 200, id="long-word"),
        pytest.param("q=" + "a+or+-b+" * 60, 200, id="many-words"),
        pytest.param("q=%21%26%7C%3C-%3E%3A%2A%28a%29%27", 200, id="operators"),
        pytest.param("q=" + "%E5%85%A5" * 300, 200, id="unspaced"),
        pytest.param("tag=" + "a" * 3000 + "&speaker=%27--&no-series=%25", 200, id="values"),
        pytest.param("&".join(f"tag=t{n}" for n in range(100)), 200, id="many-values"),
    ],
)
def test_odd_parameters_are_answered(client, query, status):
    RecapFactory(title="Async")

    assert client.get(f"{FEED}?{query}").status_code == status


def test_the_feed_is_only_read(client):
    assert client.post(f"{FEED}?q=x").status_code == 405
