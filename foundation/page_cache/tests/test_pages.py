"""Public pages are kept for readers without a session, never longer than they hold."""

import datetime as dt
import gzip

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from accounts.factories import UserFactory
from foundation.page_cache.tests.writes import GONE, WRITES, by_the_version_alone, recap_to_change
from recaps.factories import RecapFactory
from talks.factories import RecordingFactory
from tests.tools.moment_fields import lift_bounds, put

pytestmark = pytest.mark.django_db(transaction=True)
NO_PAGES = {"favicon", "image", "health", "health-ready"}
COMPRESSED = {"accept-encoding": "gzip"}


def asking(etag):
    return {"headers": {"if-none-match": etag}}


def test_every_address_is_a_public_page_or_known_to_be_none():
    urls = {
        name: pattern.callback
        for name, pattern in _named_patterns(get_resolver().url_patterns)
        if not hasattr(pattern.callback, "page_parameters")
    }

    assert set(urls) == NO_PAGES


def _named_patterns(patterns):
    for pattern in patterns:
        if getattr(pattern, "namespace", None) == "admin":
            continue
        if hasattr(pattern, "url_patterns"):
            yield from _named_patterns(pattern.url_patterns)
        else:
            yield pattern.name, pattern


@pytest.fixture
def addresses():
    """One recap of a talk and one of its conference, and every kind of page around them."""
    recap = recap_to_change()
    talk, conference = recap.talk, recap.talk.conference
    RecapFactory(talk=None, conference=conference, title="Whole")
    place = conference.get_absolute_url()
    return [
        "/", "/about/", "/robots.txt", "/sitemap.xml", "/sitemap-talks.xml", "/conferences/",
        place, f"{place}book/", talk.get_absolute_url(), "/tags/", "/tags/testing/", "/speakers/",
        "/recaps/it/", recap.author.get_absolute_url(), "/archive/", "/archive/2017/",
        "/archive/2017/04/", "/archive/talks/", "/search/?q=before", "/feeds/recaps.atom",
        "/tags/testing/feed.atom", f"{place}calendar.ics",
    ]  # fmt: skip


def test_an_unchanged_page_is_answered_304_with_one_query(
    client, addresses, django_assert_num_queries
):
    for address in addresses:
        first = client.get(address)
        assert first.status_code == 200, address
        assert first.headers["Cache-Control"] == "public, no-cache"
        assert first.headers["Vary"] == "Accept-Encoding"
        for ask in (client.get, client.head):
            with django_assert_num_queries(1):
                again = ask(address, **asking(first.headers["ETag"]))
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["ETag"] == first.headers["ETag"]
            # A policy in a 304 would replace the page's own in the browser.
            assert "Content-Security-Policy" not in again.headers
        assert client.get(address, **asking("*")).status_code == 200


@pytest.mark.walks
def test_a_kept_page_is_the_page_that_was_made(client, addresses, django_assert_num_queries):
    for address in addresses:
        for headers in ({}, COMPRESSED):
            made = Client().get(address, headers=headers)  # its process keeps nothing yet
            client.get(address)
            if made.streaming:
                continue
            with django_assert_num_queries(1):
                kept = client.get(address, headers=headers)
            assert _read(kept) == _read(made)
            assert _told(kept) == _told(made)
            head = client.head(address, headers=headers)
            assert head.headers == kept.headers


def _read(answer):
    is_compressed = answer.headers.get("Content-Encoding") == "gzip"
    return gzip.decompress(answer.content) if is_compressed else answer.content


def _told(answer):
    # Compressing is not the same bytes each time.
    return {name: value for name, value in answer.headers.items() if name != "Content-Length"}


def test_a_view_with_an_etag_of_its_own_keeps_it(client, django_assert_num_queries):
    recap_to_change()
    first = client.get("/feeds/recaps.atom")

    by_the_version_alone()
    made_anew = client.get("/feeds/recaps.atom", **asking(first.headers["ETag"]))
    client.get("/feeds/recaps.atom")
    with django_assert_num_queries(1):
        kept = client.get("/feeds/recaps.atom", **asking(first.headers["ETag"].removeprefix("W/")))

    for answer in (made_anew, kept):
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["ETag"] == first.headers["ETag"]
        assert answer.headers["Cache-Control"] == "public, no-cache"


def test_a_talks_page_keeps_its_own_policy(client):
    talk = RecordingFactory(url="https://www.youtube.com/watch?v=dQw4w9WgXcQ").talk

    made, kept = (client.get(talk.get_absolute_url()) for _ in range(2))

    policies = [answer.headers["Content-Security-Policy"] for answer in (made, kept)]
    assert policies[0] == policies[1]
    assert "frame-src https://www.youtube-nocookie.com" in policies[1]


@pytest.mark.parametrize("write", WRITES)
def test_what_is_written_shows_at_once_in_every_process(write):
    readers = [Client(), Client()]
    recap = recap_to_change()
    before = [reader.get("/recaps/it/") for reader in readers]

    write(recap)

    after = [
        reader.get("/recaps/it/", **asking(answer.headers["ETag"]))
        for reader, answer in zip(readers, before, strict=True)
    ]
    for former, now in zip(before, after, strict=True):
        assert now.status_code == (404 if write in GONE else 200)
        assert now.content != former.content
        assert now.headers.get("ETag") != former.headers["ETag"]


def test_what_is_not_there_is_asked_again(client):
    recap_to_change()

    missing = client.get("/recaps/later/")
    RecapFactory(slug="later")

    assert (missing.status_code, client.get("/recaps/later/").status_code) == (404, 200)
    assert "ETag" not in missing.headers
    assert missing.headers["Cache-Control"] == "private, no-cache"


def test_what_is_no_public_page_passes_untouched(client):
    answers = [client.get(address) for address in ("/nowhere/", "/health/", "/admin/login/")]

    assert [answer.status_code for answer in answers] == [404, 200, 200]
    assert not any("ETag" in answer.headers for answer in answers)
    assert answers[1].headers["Cache-Control"] == "no-store"


def test_a_scheduled_recap_appears_and_a_new_day_begins_without_a_write(client, monkeypatch):
    moment = dt.datetime(2031, 5, 1, 12, tzinfo=dt.UTC)
    RecapFactory(title="In its minute", published_at=moment)

    def read_at(now):
        monkeypatch.setattr(timezone, "now", lambda: now)
        answer = client.get("/")
        return "In its minute" in answer.content.decode(), answer.headers["ETag"]

    before, at, after, next_day = (
        read_at(moment + later)
        for later in (
            -dt.timedelta(microseconds=1),
            dt.timedelta(0),
            dt.timedelta(hours=1),
            dt.timedelta(days=1),
        )
    )
    assert [before[0], at[0], after[0], next_day[0]] == [False, True, True, True]
    assert at[1] == after[1]
    assert len({before[1], at[1], next_day[1]}) == 3


@pytest.mark.walks
def test_who_is_signed_in_gets_fresh_pages_that_nobody_keeps(client, addresses):
    staff = Client()
    staff.force_login(UserFactory(superuser=True))
    for address in addresses:
        for_staff = staff.get(address)
        assert for_staff.headers["Cache-Control"] == "private, no-cache"
        after_staff = staff.get(address), client.get(address)
        alone = Client().get(address)
        assert after_staff[1].getvalue() == alone.getvalue() == for_staff.getvalue()
        assert _told(after_staff[1]) == _told(alone)
        assert not alone.cookies


def test_parameters_that_a_page_does_not_list_change_nothing(client, django_assert_num_queries):
    recap_to_change()
    plain = client.get("/conferences/?country=DE")

    with django_assert_num_queries(1):
        planted = client.get("/conferences/?utm_source=planted&country=DE")
    other = client.get("/conferences/?country=FR")

    assert planted.content == plain.content
    assert b"planted" not in client.get("/tags/testing/?planted=planted").content
    assert other.headers["ETag"] != plain.headers["ETag"] == planted.headers["ETag"]


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("/?x=%00", {}, 400),
        ("/?x=%ff", {}, 400),
        ("/", {"host": "evil.example"}, 400),
        ("/?" + "&".join(f"p{n}=" for n in range(1001)), {}, 400),
    ],
)
def test_a_kept_page_opens_no_way_past_what_is_refused(client, address, headers, status):
    client.get("/")

    answer = client.get(address, headers=headers)

    assert answer.status_code == status
    assert "Content-Security-Policy" in answer.headers


def test_a_plain_request_to_a_site_with_https_is_redirected(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    client.get("/", secure=True)

    assert client.get("/").status_code == 301
    assert client.post("/about/", secure=True).status_code == 405


@pytest.mark.parametrize("made_by", ["cookie", "session"])
def test_what_is_made_for_one_reader_is_not_kept(client, settings, made_by):
    settings.ROOT_URLCONF = f"foundation.page_cache.tests.{made_by}_urls"

    answer = client.get("/")

    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_pages_are_made_while_the_version_cannot_be_read(client, monkeypatch):
    def away(now):
        raise OperationalError("away")

    monkeypatch.setattr("foundation.page_cache.pages.stored_version", away)

    answer = client.get("/about/")

    assert (answer.status_code, answer.headers.get("ETag")) == (200, None)


def test_the_cache_can_be_switched_off(client, settings, django_assert_num_queries):
    settings.PAGE_CACHE = False

    with django_assert_num_queries(0):
        answer = client.get("/about/")

    assert "ETag" not in answer.headers


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["10000-01-01 04:59:00+00", "infinity"])
def test_a_moment_that_python_cannot_hold_costs_the_cache_and_not_the_pages(client, moment):
    lift_bounds()
    put(RecapFactory(), published_at=moment)

    answers = [client.get(path) for path in ("/", "/robots.txt", "/feeds/recaps.atom")]

    assert [answer.status_code for answer in answers] == [200, 200, 200]


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [ValueError("year 10000 is out of range"), OverflowError()])
def test_without_a_version_a_page_is_made_and_not_kept(client, monkeypatch, fault):
    def fails(*_):
        raise fault

    monkeypatch.setattr("foundation.page_cache.pages.stored_version", fails)

    answer = client.get("/about/")

    assert answer.status_code == 200
    assert "ETag" not in answer.headers
