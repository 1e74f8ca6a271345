"""Long lists in pages, by cursor: each row once, whatever happens; a bad cursor is a 404."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.http import Http404
from django.test import RequestFactory
from pytest_django.asserts import assertNumQueries

from conferences.factories import ConferenceFactory
from foundation.pages.paging import page_of
from recaps.factories import RecapFactory
from recaps.models import Recap
from speakers.factories import SpeakerFactory
from speakers.models import Speaker
from talks.factories import TalkFactory
from talks.models import Talk

pytestmark = pytest.mark.django_db
NEWEST_TALKS = ("-sort_date", "-id")
BY_NAME = ("letter", "sort_key", "id")


def _page(rows, address="/list/", order=NEWEST_TALKS, size=2, **more):
    return page_of(rows, RequestFactory().get(address), order=order, size=size, **more)


def _walk(rows, order, direction, address="/list/", between=lambda: None):
    """Return the ids on all pages from an end of the list to the other."""
    ids = []
    while address:
        page = _page(rows, address, order)
        ids.append([row.pk for row in page])
        address = page.older_url if direction == "after" else page.newer_url
        between()
    return ids


def _talks(*days):
    conference = ConferenceFactory()
    return [TalkFactory(conference=conference, given_on=day) for day in days]


def test_pages_hold_every_row_once_in_the_order_of_the_list():
    day, earlier = dt.date(2017, 4, 3), dt.date(2016, 4, 3)
    first, undated, second, third, old = _talks(day, None, day, day, earlier)

    walked = _walk(Talk.objects.all(), NEWEST_TALKS, "after")

    assert walked == [[third.pk, second.pk], [first.pk, old.pk], [undated.pk]]


def test_pages_upwards_are_the_same_rows_in_the_same_order():
    _talks(*[dt.date(2017, 4, day) for day in range(1, 8)])
    down = _walk(Talk.objects.all(), NEWEST_TALKS, "after")
    last = _page(Talk.objects.all(), order=NEWEST_TALKS, size=6).older_url

    up = _walk(Talk.objects.all(), NEWEST_TALKS, "before", last.replace("after", "before"))

    assert [pk for page in reversed(up) for pk in page] == [pk for page in down for pk in page][:5]


def test_ascending_lists_are_walked_by_names_that_are_alike():
    names = ("Ada", "ada", "Åda", "Zoë", "~", "a~b", "漢")
    people = [SpeakerFactory(name=name, slug=f"s{n}") for n, name in enumerate(names)]

    walked = _walk(Speaker.objects.all(), BY_NAME, "after")

    in_order = Speaker.objects.order_by(*BY_NAME).values_list("pk", flat=True)
    assert [pk for page in walked for pk in page] == list(in_order)
    assert len(in_order) == len(people)


def test_names_with_the_sign_between_a_cursors_parts_hide_no_name():
    names = ("Ada", "a~b", "a~c%", "a~d", "~" * 200, "Azra", "%7E", "Ben", "Cid")
    people = [SpeakerFactory(name=name, slug=f"s{n}") for n, name in enumerate(names)]

    walked = _walk(Speaker.objects.all(), BY_NAME, "after")

    in_order = Speaker.objects.order_by(*BY_NAME).values_list("pk", flat=True)
    assert [pk for page in walked for pk in page] == list(in_order)
    assert len(in_order) == len(people)


def test_rows_added_while_walking_neither_repeat_nor_hide_any():
    talks = _talks(*[dt.date(2017, 4, 3)] * 5)

    def add_before_and_behind():
        for day in (dt.date(2018, 1, 1), dt.date(2017, 4, 3), dt.date(2016, 1, 1)):
            if Talk.objects.count() < 20:
                TalkFactory(conference=talks[0].conference, given_on=day)

    walked = _walk(Talk.objects.all(), NEWEST_TALKS, "after", between=add_before_and_behind)

    ids = [pk for page in walked for pk in page]
    assert ids[:5] == [talk.pk for talk in reversed(talks)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("microsecond", [0, 1, 999_999])
def test_moments_are_cursors_to_the_microsecond(microsecond):
    moment = dt.datetime(2017, 4, 10, 12, 0, 0, microsecond, tzinfo=dt.UTC)
    talk = TalkFactory()
    recaps = [RecapFactory(talk=talk, published_at=moment) for _ in range(3)]

    walked = _walk(Recap.objects.published(), ("-published_at", "-id"), "after")

    assert walked == [[recaps[2].pk, recaps[1].pk], [recaps[0].pk]]


def test_a_list_of_one_page_has_no_neighbours():
    _talks(dt.date(2017, 4, 3), dt.date(2017, 4, 4))

    page = _page(Talk.objects.all())

    assert (len(page), page.has_neighbours) == (2, False)


def test_an_empty_list_has_no_neighbours():
    page = _page(Talk.objects.all())

    assert (list(page), page.has_neighbours) == ([], False)


def test_a_page_whose_rows_have_gone_leads_back_to_the_start():
    talks = _talks(*[dt.date(2017, 4, 3)] * 3)
    address = _page(Talk.objects.all()).older_url
    talks[0].delete()

    page = _page(Talk.objects.all(), address)

    assert (list(page), page.newer_url, page.older_url) == ([], "/list/", "")


def test_neighbours_keep_the_lists_own_parameters_and_drop_planted_ones():
    talks = _talks(dt.date(2017, 4, 3), dt.date(2017, 4, 3), dt.date(2017, 4, 3))

    asked = "/list/?country=DE&evil=%22%3E&tag=a&tag=b"
    page = _page(Talk.objects.all(), asked, keep=("country", "tag"))

    assert page.older_url == f"/list/?country=DE&tag=a&tag=b&after=2017-04-03~{talks[1].pk}"


def test_any_page_takes_one_query():
    _talks(*[dt.date(2017, 4, 3)] * 5)
    address = _page(Talk.objects.all()).older_url

    with assertNumQueries(1):
        _page(Talk.objects.all(), address)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("after=", id="empty"),
        pytest.param("before=", id="empty-before"),
        pytest.param("after=abc", id="one-part"),
        pytest.param("after=~", id="empty-parts"),
        pytest.param("after=2017-04-03~", id="no-id"),
        pytest.param("after=~5", id="no-date"),
        pytest.param("after=2017-02-30~5", id="no-such-day"),
        pytest.param("after=20170403~5", id="other-spelling-of-a-day"),
        pytest.param("after=0000-00-00~5", id="year-nought"),
        pytest.param("after=12017-04-03~5", id="year-of-five-digits"),
        pytest.param("after=2017-04-03~abc", id="id-of-letters"),
        pytest.param("after=2017-04-03~-1", id="negative-id"),
        pytest.param("after=2017-04-03~-0", id="minus-nought"),
        pytest.param("after=2017-04-03~+5", id="space-before-the-id"),
        pytest.param("after=2017-04-03~1_000", id="python-underscore"),
        pytest.param("after=2017-04-03~1e3", id="exponent"),
        pytest.param("after=2017-04-03~" + quote("²"), id="superscript"),
        pytest.param("after=2017-04-03~" + quote("١"), id="arabic-digit"),
        pytest.param("after=2017-04-03~9223372036854775808", id="id-past-64-bits"),
        pytest.param("after=2017-04-03~" + "9" * 5000, id="id-of-5000-digits"),
        pytest.param("after=2017-04-03~5%00", id="nul"),
        pytest.param("after=2017-04-03~5&after=2017-04-03~6", id="twice"),
        pytest.param("after=2017-04-03~5&before=2017-04-03~6", id="both-directions"),
        pytest.param("before=&after=2017-04-03~6", id="both-one-empty"),
        pytest.param("after='%20OR%201=1--~5", id="injection"),
    ],
)
def test_a_bad_cursor_is_not_a_page(query):
    with pytest.raises(Http404, match=r"^This page of the list does not exist\.$"):
        _page(Talk.objects.all(), f"/list/?{query}")


@pytest.mark.parametrize("pk", [0, 2**63 - 1])
def test_the_first_and_the_last_id_there_can_be_are_cursors(pk):
    [talk] = _talks(dt.date(2017, 4, 3))

    page = _page(Talk.objects.all(), f"/list/?after=2017-04-03~{pk}")

    assert list(page) == ([talk] if pk else [])


def test_a_page_upwards_leads_down_again():
    talks = _talks(*[dt.date(2017, 4, 3)] * 5)
    upwards = f"/list/?before=2017-04-03~{talks[0].pk}"

    page = _page(Talk.objects.all(), upwards)

    assert [talk.pk for talk in page] == [talks[2].pk, talks[1].pk]
    assert page.newer_url == f"/list/?before=2017-04-03~{talks[2].pk}"
    assert page.older_url == f"/list/?after=2017-04-03~{talks[1].pk}"


def test_moments_are_cursors_in_utc_wherever_the_server_is(settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    moment = dt.datetime(2017, 4, 10, 23, 0, tzinfo=dt.UTC)
    recaps = [RecapFactory(talk=TalkFactory(), published_at=moment) for _ in range(3)]

    page = _page(Recap.objects.all(), order=("-published_at", "-id"))

    after = quote(f"2017-04-10T23:00:00+00:00~{recaps[1].pk}", safe="~")
    assert page.older_url == f"/list/?after={after}"


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param("2017-04-10", id="a-day"),
        pytest.param("2017-04-10T12:00:00", id="no-zone"),
        pytest.param("2017-04-10T12:00:00Z", id="other-spelling-of-utc"),
        pytest.param("2017-04-10T14:00:00+02:00", id="another-zone"),
        pytest.param("2017-04-10T12:00:00+23:59", id="zone-postgresql-refuses"),
        pytest.param("0001-01-01T00:00:00+14:00", id="before-all-time"),
        pytest.param("9999-12-31T23:59:59-14:00", id="after-all-time"),
        pytest.param("infinity", id="infinity"),
    ],
)
def test_a_bad_moment_is_not_a_page(moment):
    with pytest.raises(Http404):
        _page(Recap.objects.all(), f"/list/?after={quote(moment)}~5", ("-published_at", "-id"))


@pytest.mark.parametrize(
    "cursor",
    [
        pytest.param("A~" + "x" * 1_000 + "~5", id="too-long"),
        pytest.param("x~5", id="too-few-parts"),
        pytest.param("A~a\0b~5", id="nul"),
        pytest.param("A~a%00b~5", id="quoted-nul"),
        pytest.param("A~%61~5", id="quoted-letter"),
        pytest.param("A~a~b~5", id="too-many-parts"),
    ],
)
def test_a_bad_name_is_not_a_page(cursor):
    with pytest.raises(Http404):
        _page(Speaker.objects.all(), f"/list/?after={quote(cursor)}", BY_NAME)


def test_a_cursor_of_a_row_that_has_gone_still_names_its_place():
    talks = _talks(*[dt.date(2017, 4, 3)] * 5)
    address = _page(Talk.objects.all()).older_url
    talks[3].delete()

    page = _page(Talk.objects.all(), address)

    assert [talk.pk for talk in page] == [talks[2].pk, talks[1].pk]
