"""The first page, the page about the site, and what crawlers are told."""

import datetime as dt

import pytest
from django.test import override_settings
from django.utils import timezone

from conferences.factories import ConferenceFactory
from notes_site.home import same_day_before
from recaps.factories import RecapFactory
from recaps.models import Recap
from speakers.factories import SpeakerFactory
from talks.factories import TagFactory, TalkFactory
from tests.tools.pages import elements, targets, texts

pytestmark = pytest.mark.django_db


def days_from_now(days):
    return timezone.localdate() + dt.timedelta(days=days)


def test_home_shows_the_newest_recaps_first_and_no_draft(client):
    talk = TalkFactory(title="Tests", conference=ConferenceFactory(title="Conf"))
    for day in range(1, 11):
        moment = dt.datetime(2018, 1, day, tzinfo=dt.UTC)
        RecapFactory(title=f"Of day {day}", talk=talk, published_at=moment)
    RecapFactory(title="Hidden draft", talk=talk, draft=True)
    RecapFactory(title="Hidden for later", talk=talk, scheduled=True)

    response = client.get("/")

    assert texts(response, "h3", inside="recap-card") == [
        f"Of day {day}" for day in (10, 9, 8, 7, 6, 5, 4)
    ]
    assert b"Hidden" not in response.content
    assert texts(response, "li", inside="figures") == [
        "1 conference",
        "1 talk",
        "0 speakers",
        "10 recaps",
    ]


def test_recap_on_the_first_page_says_what_it_is_about(client):
    talk = TalkFactory(
        title="Tests",
        conference=ConferenceFactory(title="Conf"),
        speakers=[SpeakerFactory(name="Ada Okafor")],
        tags=[TagFactory(name="testing")],
    )
    RecapFactory(title="What tests told me", talk=talk, body="# Why\n\nBecause *we* & they.")

    response = client.get("/")

    assert targets(response, inside="recap-card") == [
        "/recaps/what-tests-told-me/",
        "/conferences/conf/tests/",
        "/speakers/ada-okafor/",
        *targets(response, rel="author"),
        "/conferences/conf/",
        "/tags/testing/",
    ]
    assert texts(response, class_="excerpt") == ["Why Because we & they."]


def test_one_recap_is_large_and_in_the_persons_words(client):
    moment = dt.datetime(2018, 1, 2, tzinfo=dt.UTC)
    RecapFactory(title="Newest", summary="In one sentence.", body="Short.", published_at=moment)
    RecapFactory(title="Older", summary="In one sentence.", body="word " * 3_000)

    response = client.get("/")

    assert texts(response, "h3", inside="large-recap") == ["Older"]
    assert texts(response, class_="excerpt") == ["word " * 74 + "word…", "In one sentence."]


def test_where_all_are_short_the_newest_is_large(client):
    moment = dt.datetime(2018, 1, 2, tzinfo=dt.UTC)
    RecapFactory(title="Older", body="Short.")
    RecapFactory(title="Newest", summary="In one sentence.", body="", published_at=moment)

    response = client.get("/")

    assert texts(response, "h3", inside="recap-card") == ["Newest", "Older"]
    assert texts(response, class_="excerpt") == ["In one sentence.", "Short."]


def test_a_recap_without_a_title_names_its_talk_once(client):
    talk = TalkFactory(title="Tests", conference=ConferenceFactory(title="Conf", slug="conf"))
    RecapFactory(title="", talk=talk)

    response = client.get("/")

    assert response.content.decode().count("Tests") == 1
    assert "/conferences/conf/tests/" in targets(response, inside="recap-card")


def test_home_shows_the_conferences_of_now(client):
    ConferenceFactory(title="On", starts_on=days_from_now(-1), ends_on=days_from_now(1))
    ConferenceFactory(title="Soon", starts_on=days_from_now(13), ends_on=None)
    ConferenceFactory(title="Over", starts_on=days_from_now(-9), ends_on=days_from_now(-1))
    ConferenceFactory(title="Far", starts_on=days_from_now(20), ends_on=days_from_now(21))

    response = client.get("/")

    assert texts(response, "h2") == ["On now", "Coming up"]
    assert texts(response, "h3", inside="conference-card") == ["On", "Soon"]
    assert texts(response, "h3", inside="on-now") == ["On"]


def test_the_conference_that_is_on_leads_to_todays_programme(client):
    today = days_from_now(0)
    conference = ConferenceFactory(slug="on", starts_on=today, ends_on=None)
    TalkFactory(conference=conference, given_on=today)

    response = client.get("/")

    address = f"/conferences/on/#day-{today}"
    assert address in targets(response, inside="on-now")
    assert f'id="day-{today}"' in client.get(address).content.decode()


def test_home_shows_what_was_on_this_day_of_earlier_years(client, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2024, 4, 3, 12, tzinfo=dt.UTC))
    estimated = ConferenceFactory(dates_estimated=True)
    bare, covered = TalkFactory(title="Bare"), TalkFactory(title="Covered")
    TalkFactory(title="Estimated", conference=estimated)
    TalkFactory(title="Cancelled", is_cancelled=True)
    TalkFactory(title="Of another day", given_on=dt.date(2017, 4, 4))
    TalkFactory(title="Of today", given_on=dt.date(2024, 4, 3))
    for title, moment, fields in [
        ("Newer", "2022-04-03T00:00", {}),
        ("Older", "2019-04-03T23:59:59", {"talk": covered}),
        ("Draft", "2019-04-03T12:00", {"draft": True}),
        ("Of the day before", "2019-04-02T23:59:59", {}),
        ("Of the day after", "2019-04-04T00:00", {}),
    ]:
        at = dt.datetime.fromisoformat(f"{moment}+00:00")
        talk = {"talk": bare, **fields}
        RecapFactory(**{"title": title, "published_at": at, **talk})
    Recap.objects.filter(talk=bare).exclude(title="Newer").update(talk=covered)

    response = client.get("/")

    assert texts(response, class_="years-ago-title") == ["Newer", "Older", "Covered", "Bare"]
    assert texts(response, class_="year", inside="years-ago") == ["2022", "2019", "2017", "2017"]


@pytest.mark.parametrize(
    ("day", "years"), [("2024-02-29", [2020, 2016]), ("2023-03-01", [*range(2022, 2013, -1)])]
)
def test_the_29th_of_february_is_in_leap_years_alone(day, years):
    days = same_day_before(dt.date.fromisoformat(day), years=9)

    assert [each.isoformat() for each in days] == [f"{year}{day[4:]}" for year in years]


def test_home_shows_the_newest_conferences_where_none_is_on(client):
    for year in range(2010, 2018):
        ConferenceFactory(title=f"Of {year}", starts_on=dt.date(year, 5, 1), ends_on=None)

    response = client.get("/")

    assert texts(response, "h2") == ["Newest conferences"]
    assert texts(response, "h3", inside="conference-card") == [
        f"Of {year}" for year in range(2017, 2011, -1)
    ]


def test_home_shows_the_most_used_tags_with_their_counts(client):
    rare, common, _unused = [TagFactory(name=name) for name in ("rare", "common", "unused")]
    TalkFactory(tags=[rare, common])
    TalkFactory(tags=[common])

    response = client.get("/")

    assert texts(response, "li", inside="tag-list-large") == ["common 2", "rare 1"]


def test_empty_site_says_how_to_begin(client):
    response = client.get("/")

    assert texts(response, "h2") == ["How to begin"]
    assert texts(response, "code") == [
        "manage.py load_sample_library",
        "manage.py import_pyvideo FOLDER",
        "manage.py createsuperuser",
    ]
    assert targets(response, inside="steps") == ["/admin/"]
    assert elements(response, class_="figures") == []


def test_site_with_a_draft_alone_shows_nothing_of_it(client):
    conference = ConferenceFactory(title="Conf")
    RecapFactory(title="Hidden", talk=None, conference=conference, draft=True)

    response = client.get("/")

    assert texts(response, "h2") == ["Newest conferences"]
    assert b"Hidden" not in response.content


def test_home_has_one_search_box(client):
    boxes = elements(client.get("/"), "input", type="search")

    assert [(box["name"], box["id"]) for box in boxes] == [("q", "home-search")]


@pytest.mark.parametrize("row_count", [1, 3])
def test_home_asks_the_same_number_of_queries(client, django_assert_num_queries, row_count):
    for _ in range(row_count):
        talk = TalkFactory(tags=[TagFactory()], speakers=[SpeakerFactory()])
        RecapFactory(talk=talk)
        RecapFactory(talk=None, conference=talk.conference, tags=[TagFactory()])

    with django_assert_num_queries(10):
        response = client.get("/")

    assert len(texts(response, "h3", inside="recap-card")) == 2 * row_count


@pytest.mark.parametrize("path", ["/", "/about/", "/conferences/", "/robots.txt", "/sitemap.xml"])
def test_reading_sets_no_cookie_and_varies_on_none(client, path):
    response = client.get(path)

    assert dict(response.cookies) == {}
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("path", ["/", "/about/", "/robots.txt", "/sitemap.xml"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_front_can_only_be_read(client, path, method):
    assert getattr(client, method)(path).status_code == 405


def test_about_says_what_the_site_is_and_leads_into_it(client):
    response = client.get("/about/")

    assert texts(response, "h1") == ["About this library"]
    assert targets(response, inside="prose") == [
        "/conferences/",
        "/speakers/",
        "/tags/",
        "/archive/",
        "/archive/talks/",
        "/feeds/recaps.atom",
        "/admin/",
    ]


@override_settings(SITE_URL="https://notes.example")
def test_robots_are_kept_from_the_admin_and_told_the_sitemap(client):
    response = client.get("/robots.txt", headers={"host": "127.0.0.1"})

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "",
        "Sitemap: https://notes.example/sitemap.xml",
    ]


@override_settings(SITE_URL="https://notes.example")
def test_canonical_address_comes_from_the_settings_without_parameters(client):
    response = client.get("/conferences/?country=PT", headers={"host": "localhost"})

    (canonical,) = elements(response, "link", rel="canonical")
    assert canonical["href"] == "https://notes.example/conferences/"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", []),
        ("/conferences/", [("Conferences", "page")]),
        ("/conferences/conf/", [("Conferences", "true")]),
        ("/about/", [("About", "page")]),
    ],
)
def test_navigation_says_where_the_reader_is(client, path, expected):
    ConferenceFactory(slug="conf")

    links = elements(client.get(path), "a")
    assert [(a["text"], a["aria-current"]) for a in links if "aria-current" in a] == expected


def test_favicon_leads_to_the_sites_icon(client):
    response = client.get("/favicon.ico")

    assert (response.status_code, response.headers["Location"]) == (302, "/static/img/favicon.svg")
