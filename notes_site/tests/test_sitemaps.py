"""The sitemap, as crawlers read it."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.test import override_settings

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory, SeriesFactory
from notes_site import sitemaps
from recaps.factories import RecapFactory
from speakers.factories import SpeakerFactory
from talks.factories import TagFactory, TalkFactory

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LISTS = [
    *("/", "/about/", "/conferences/", "/series/", "/speakers/", "/tags/", "/authors/"),
    *("/archive/", "/archive/talks/"),
]


def listed(response):
    """Return the kind of the file and the addresses in it, without the site's."""
    root = ET.fromstring(response.content)
    places = [place.text for place in root.iter(f"{NAMESPACE}loc")]
    return root.tag.removeprefix(NAMESPACE), [
        p.removeprefix("https://notes.example") for p in places
    ]


@pytest.fixture(autouse=True)
def _site():
    with override_settings(SITE_URL="https://notes.example"):
        yield


@pytest.fixture
def library():
    """One of everything, and a draft and a scheduled recap by somebody else."""
    conference = ConferenceFactory(slug="conf", series=SeriesFactory(slug="series"))
    talk = TalkFactory(
        conference=conference,
        slug="talk",
        speakers=[SpeakerFactory(slug="speaker")],
        tags=[TagFactory(name="会議", slug="会議")],
    )
    RecapFactory(slug="recap", talk=talk, author=UserFactory(slug="author"))
    RecapFactory(slug="draft", talk=talk, author=UserFactory(slug="hidden"), draft=True)
    RecapFactory(slug="later", talk=talk, author=UserFactory(slug="hidden-too"), scheduled=True)


EVERYTHING = [
    *LISTS,
    "/archive/2017/",
    "/archive/2017/04/",
    "/archive/talks/2017/",
    "/archive/talks/2017/04/",
    "/conferences/conf/",
    "/series/series/",
    "/conferences/conf/talk/",
    "/speakers/speaker/",
    "/tags/%E4%BC%9A%E8%AD%B0/",
    "/recaps/recap/",
    "/authors/author/",
]


def test_sitemap_lists_every_public_address_and_no_draft(client, library):
    response = client.get("/sitemap.xml", headers={"host": "localhost"})

    kind, addresses = listed(response)
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert kind == "urlset"
    assert sorted(addresses) == sorted(EVERYTHING)


@pytest.mark.walks
def test_every_address_of_the_sitemap_answers(client, library):
    _, addresses = listed(client.get("/sitemap.xml"))

    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(
        EVERYTHING, 200
    )


def test_recap_says_when_it_was_changed(client):
    recap = RecapFactory()
    changed = dt.datetime(2018, 1, 2, 3, 4, tzinfo=dt.UTC)
    type(recap).objects.update(updated_at=changed)

    root = ET.fromstring(client.get("/sitemap.xml").content)

    assert [e.text for e in root.iter(f"{NAMESPACE}lastmod")] == ["2018-01-02T03:04:00+00:00"]


def test_empty_site_has_its_lists_alone(client):
    assert listed(client.get("/sitemap.xml")) == ("urlset", LISTS)


def test_sitemap_becomes_an_index_where_one_file_cannot_hold_it(client, library, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_ADDRESSES", len(EVERYTHING))
    assert listed(client.get("/sitemap.xml"))[0] == "urlset"

    monkeypatch.setattr(sitemaps, "MOST_ADDRESSES", len(EVERYTHING) - 1)
    kind, files = listed(client.get("/sitemap.xml"))

    assert kind == "sitemapindex"
    assert files == [
        f"/sitemap-{section}.xml"
        for section in (
            "pages",
            "conferences",
            "series",
            "talks",
            "speakers",
            "tags",
            "recaps",
            "authors",
        )
    ]
    parts = [listed(client.get(file)) for file in files]
    assert {kind for kind, _ in parts} == {"urlset"}
    assert sorted(address for _, part in parts for address in part) == sorted(EVERYTHING)


def test_section_that_one_file_cannot_hold_has_several(client, monkeypatch):
    for number in range(5):
        SpeakerFactory(slug=f"speaker-{number}")
    monkeypatch.setattr(sitemaps, "MOST_ADDRESSES", 2)

    _, files = listed(client.get("/sitemap.xml"))

    of_speakers = [file for file in files if "speakers" in file]
    assert of_speakers == [f"/sitemap-speakers.xml{end}" for end in ("", "?p=2", "?p=3")]
    parts = [listed(client.get(file))[1] for file in of_speakers]
    assert parts == [
        ["/speakers/speaker-0/", "/speakers/speaker-1/"],
        ["/speakers/speaker-2/", "/speakers/speaker-3/"],
        ["/speakers/speaker-4/"],
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/sitemap-nothing.xml",
        "/sitemap-series.xml",
        "/sitemap-talks.xml?p=2",
        "/sitemap-talks.xml?p=0",
        "/sitemap-talks.xml?p=-1",
        "/sitemap-talks.xml?p=x",
        "/sitemap-talks.xml?p=%C2%B2",
        "/sitemap-talks.xml?p=99999999999999999999",
        "/sitemap-pages.xml?p=2",
    ],
)
def test_part_that_is_not_there_is_not_found(client, path):
    TalkFactory()

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("row_count", [1, 3])
@pytest.mark.parametrize(
    ("path", "most", "queries"),
    [
        pytest.param("/sitemap.xml", 50_000, 3, id="one-file"),
        pytest.param("/sitemap.xml", 5, 4, id="index"),
        pytest.param("/sitemap-talks.xml", 50_000, 1, id="section"),
    ],
)
def test_sitemap_asks_the_same_number_of_queries(
    client, django_assert_num_queries, monkeypatch, row_count, path, most, queries
):
    monkeypatch.setattr(sitemaps, "MOST_ADDRESSES", most)
    for _ in range(row_count):
        RecapFactory(talk=TalkFactory(speakers=[SpeakerFactory()], tags=[TagFactory()]))

    with django_assert_num_queries(queries):
        response = client.get(path)

    assert response.status_code == 200
