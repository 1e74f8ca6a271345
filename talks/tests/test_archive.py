"""The archive of talks, by the month of their programme day."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.pages.months import Month, MonthCount
from recaps.factories import RecapFactory
from talks.archive import talk_years
from talks.factories import TalkFactory
from tests.tools.many_rows import multiply, plan_nodes
from tests.tools.pages import elements

pytestmark = pytest.mark.django_db


def _given(*days, **fields):
    return [TalkFactory(given_on=dt.date(*day), **fields) for day in days]


def _titles(response):
    return [talk.title for talk in response.context["page"]]


def test_years_come_newest_first_and_undated_talks_are_in_none():
    _given((2017, 4, 3), (2017, 4, 4), (2017, 12, 31), (2015, 1, 1))
    TalkFactory(undated=True)

    years = talk_years()

    assert [(year.year, year.count, len(year.months)) for year in years] == [
        (2017, 3, 12),
        (2015, 1, 12),
    ]
    assert years[0].filled_months == [
        MonthCount(Month(2017, 4), 2),
        MonthCount(Month(2017, 12), 1),
    ]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_a_programme_day_is_a_plain_date_in_every_zone(client, settings, zone):
    settings.TIME_ZONE = zone
    _given((2017, 12, 31), title="Eve")
    _given((2018, 1, 1), title="New year")

    with timezone.override(zone):
        assert _titles(client.get("/archive/talks/2017/12/")) == ["Eve"]
        assert _titles(client.get("/archive/talks/2018/01/")) == ["New year"]


def test_months_that_have_something_are_links_with_their_counts(client):
    _given((2017, 4, 3), (2017, 4, 4), (2016, 2, 1))

    html = client.get("/archive/talks/").content.decode()

    assert [html.count(f'href="/archive/talks/{month}/"') for month in ("2017/04", "2016/02")] == [
        1,
        1,
    ]
    assert html.count('href="/archive/talks/201') == 4  # these months and their years


def test_the_archive_is_a_table_of_years_and_months(client):
    _given((2017, 4, 3), (2017, 4, 4), (2016, 2, 1))
    TalkFactory(undated=True)

    response = client.get("/archive/talks/")

    assert [(a.get("class"), a["text"]) for a in elements(response, "a", inside="heat")] == [
        (None, "2017"),
        ("heat-3", "2 talks in April 2017"),
        (None, "2016"),
        ("heat-1", "1 talk in February 2016"),
    ]


def test_an_archive_with_nothing_says_so(client):
    TalkFactory(undated=True)

    response = client.get("/archive/talks/")

    assert response.status_code == 200
    assert "No talk has a date yet." in response.content.decode()


def test_a_year_lists_its_talks_and_the_years_beside_it(client):
    _given((2014, 1, 1), title="Old")
    _given((2017, 4, 3), title="April")
    _given((2017, 12, 31), title="December")
    _given((2019, 1, 1), title="Later")

    response = client.get("/archive/talks/2017/")

    assert _titles(response) == ["December", "April"]
    html = response.content.decode()
    assert [html.count(f'href="/archive/talks/{year}/"') for year in (2014, 2019)] == [1, 1]


def test_a_month_lists_its_talks_the_newest_first(client):
    _given((2017, 3, 31), title="March")
    _given((2017, 4, 1), title="First")
    _given((2017, 4, 30), title="Last")
    _given((2017, 5, 1), title="May")

    assert _titles(client.get("/archive/talks/2017/04/")) == ["Last", "First"]


def test_a_month_leads_to_the_months_before_and_after_that_have_something(client):
    _given((2015, 11, 5), (2017, 4, 10), (2019, 2, 1))

    context = client.get("/archive/talks/2017/04/").context

    assert (context["before"], context["after"]) == (Month(2015, 11), Month(2019, 2))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        pytest.param("/archive/talks/2017/05/", "No talk was given in May 2017.", id="month"),
        pytest.param("/archive/talks/2018/", "No talk was given in 2018.", id="year"),
    ],
)
def test_what_has_nothing_is_a_404_that_says_so(client, address, said):
    _given((2017, 4, 3))

    response = client.get(address)

    assert response.status_code == 404
    assert said in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/archive/talks/2017/13/",
        "/archive/talks/2017/4/",
        "/archive/talks/9999/12/",
        "/archive/talks/1899/01/",
        "/archive/talks/0000/",
        "/archive/talks/abc/",
        "/archive/talks/2017/04/?after=2017-04-03",
        "/archive/talks/2017/?before=~",
    ],
)
def test_odd_dates_are_not_found(client, address):
    _given((2017, 4, 3))

    assert client.get(address).status_code == 404


def test_a_card_counts_published_recaps_alone(client):
    [talk] = _given((2017, 4, 3))
    RecapFactory(talk=talk)
    RecapFactory(talk=talk, draft=True)
    RecapFactory(talk=talk, scheduled=True)

    [shown] = client.get("/archive/talks/2017/04/").context["page"]

    assert shown.recap_count == 1


@pytest.mark.parametrize("talk_count", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [("/archive/talks/", 1), ("/archive/talks/2017/", 6), ("/archive/talks/2017/04/", 6)],
)
def test_query_count_does_not_grow(client, django_assert_num_queries, address, queries, talk_count):
    _given(*[(2017, 4, 3)] * talk_count)

    with django_assert_num_queries(queries):
        response = client.get(address)

    assert response.status_code == 200


@pytest.mark.big
@pytest.mark.django_db(transaction=True)
def test_the_archive_of_100_000_talks_is_answered_from_its_index(client):
    talk = TalkFactory(abstract="What will be said. " * 20)
    multiply(
        talk,
        100_000,
        slug="'many-' || n",
        given_on="CASE WHEN n % 10 = 0 THEN NULL ELSE date '2008-01-01' + n / 20 END",
    )

    with CaptureQueriesContext(connection) as queries:
        response = client.get("/archive/talks/")
    nodes = plan_nodes(queries, "DATE_TRUNC")

    assert sum(year.counts.count for year in response.context["years"]) == 90_001
    scans = [node for node in nodes if "Scan" in node["Node Type"]]
    assert {(node["Node Type"], node["Index Name"], node["Heap Fetches"]) for node in scans} == {
        ("Index Only Scan", "talk_by_day", 0)
    }

    with CaptureQueriesContext(connection) as queries:
        client.get("/archive/talks/2012/04/")
    nodes = plan_nodes(queries, "LIMIT 51")

    scans = [node for node in nodes if node.get("Relation Name") == "talks_talk"]
    assert [(node["Node Type"], node["Index Name"]) for node in scans] == [
        ("Index Scan", "talk_by_day")
    ]
