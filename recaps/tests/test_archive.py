"""The archive of recaps, by the month of publication in the site's time zone."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conferences.factories import ConferenceFactory
from foundation.pages.months import Month, MonthCount
from recaps.archive import recap_years
from recaps.factories import RecapFactory
from tests.tools.many_rows import multiply, plan_nodes
from tests.tools.pages import elements, texts

pytestmark = pytest.mark.django_db


def _at(*moment):
    return dt.datetime(*moment, tzinfo=dt.UTC)


def _published(*days, **fields):
    return [RecapFactory(published_at=_at(*day, 12), **fields) for day in days]


def _filled(years):
    return {counted.month: counted.count for year in years for counted in year.filled_months}


def _titles(response):
    return [recap.title for recap in response.context["page"]]


def test_years_come_newest_first_with_all_twelve_months():
    _published((2017, 4, 10), (2017, 4, 30), (2017, 12, 31), (2015, 1, 1))

    years = recap_years()

    assert [(year.year, year.count, len(year.months)) for year in years] == [
        (2017, 3, 12),
        (2015, 1, 12),
    ]
    assert years[0].filled_months == [
        MonthCount(Month(2017, 4), 2),
        MonthCount(Month(2017, 12), 1),
    ]


def test_drafts_and_scheduled_recaps_are_in_no_month():
    _published((2017, 4, 10))
    RecapFactory(draft=True)
    RecapFactory(status="draft", published_at=_at(2017, 4, 11))
    RecapFactory(scheduled=True)

    assert _filled(recap_years()) == {Month(2017, 4): 1}


def test_months_that_have_something_are_links_with_their_counts(client):
    _published((2017, 4, 10), (2017, 4, 11), (2016, 2, 1))

    html = client.get("/archive/").content.decode()

    assert [html.count(f'href="/archive/{month}/"') for month in ("2017/04", "2016/02")] == [1, 1]
    assert html.count('href="/archive/201') == 4  # these months and their years


def test_the_archive_is_a_table_of_years_and_months_darker_where_there_is_more(client):
    for count, month in [
        (1, (2016, 2, 1)),
        (2, (2017, 1, 1)),
        (3, (2017, 4, 1)),
        (4, (2017, 5, 1)),
    ]:
        _published(*[month] * count)
    RecapFactory(status="draft", published_at=_at(2017, 6, 1))
    RecapFactory(scheduled=True)

    response = client.get("/archive/")

    heads = texts(response, "th", inside="heat")
    assert [heads[1], heads[12], heads[13:]] == ["Jan", "Dec", ["All", "2017", "2016"]]
    cells = elements(response, "a", inside="heat")
    assert [(cell.get("class"), cell["text"]) for cell in cells] == [
        (None, "2017"),
        ("heat-2", "2 recaps in January 2017"),
        ("heat-3", "3 recaps in April 2017"),
        ("heat-4", "4 recaps in May 2017"),
        (None, "2016"),
        ("heat-1", "1 recap in February 2016"),
    ]
    assert texts(response, class_="heat-sum") == ["9", "1"]


def test_an_archive_with_nothing_says_so(client):
    RecapFactory(draft=True)

    response = client.get("/archive/")

    assert response.status_code == 200
    assert "No recap has been published yet." in response.content.decode()


def test_a_year_lists_its_recaps_and_the_years_beside_it(client):
    _published((2014, 1, 1), title="Old")
    _published((2017, 4, 10), title="April")
    _published((2017, 12, 31), title="December")
    _published((2019, 1, 1), title="New")

    response = client.get("/archive/2017/")

    assert _titles(response) == ["December", "April"]
    html = response.content.decode()
    assert [html.count(f'href="/archive/{year}/"') for year in (2014, 2019)] == [1, 1]


def test_a_month_lists_its_recaps_the_newest_first(client):
    _published((2017, 3, 31), title="March")
    _published((2017, 4, 1), title="First")
    _published((2017, 4, 30), title="Last")
    _published((2017, 5, 1), title="May")

    assert _titles(client.get("/archive/2017/04/")) == ["Last", "First"]


def test_a_month_leads_to_the_months_before_and_after_that_have_something(client):
    _published((2015, 11, 5), (2017, 4, 10), (2019, 2, 1))
    RecapFactory(status="draft", published_at=_at(2017, 3, 1))
    RecapFactory(status="draft", published_at=_at(2017, 5, 1))

    context = client.get("/archive/2017/04/").context

    assert (context["before"], context["after"]) == (Month(2015, 11), Month(2019, 2))


def test_the_only_month_has_no_neighbours(client):
    _published((2017, 4, 10))
    RecapFactory(scheduled=True)

    context = client.get("/archive/2017/04/").context

    assert (context["before"], context["after"]) == (None, None)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        pytest.param("/archive/2017/05/", "No recap was published in May 2017.", id="month"),
        pytest.param("/archive/2018/", "No recap was published in 2018.", id="year"),
    ],
)
def test_what_has_nothing_is_a_404_that_says_so(client, address, said):
    _published((2017, 4, 10))
    RecapFactory(status="draft", published_at=_at(2017, 5, 1))

    response = client.get(address)

    assert response.status_code == 404
    assert said in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/archive/2017/13/",
        "/archive/2017/00/",
        "/archive/2017/4/",
        "/archive/2017/004/",
        "/archive/9999/12/",
        "/archive/9999/",
        "/archive/0000/01/",
        "/archive/1899/12/",
        "/archive/2200/12/",
        "/archive/2201/01/",
        "/archive/17/04/",
        "/archive/+2017/04/",
        "/archive/２０１７/04/",
        "/archive/2017/04/10/",
        "/archive/2017/-1/",
        "/archive/2017/04/?after=abc",
        "/archive/2017/?before=2017-04-10T12:00:00%2B23:59~1",
    ],
)
def test_odd_dates_are_not_found(client, address):
    _published((2017, 4, 10))

    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("zone", "month"),
    [
        pytest.param("UTC", Month(2017, 12), id="utc"),
        pytest.param("Asia/Tokyo", Month(2018, 1), id="ahead"),
        pytest.param("America/New_York", Month(2017, 12), id="behind"),
    ],
)
def test_the_last_minutes_of_a_year_belong_to_the_month_of_the_sites_zone(
    client, settings, zone, month
):
    settings.TIME_ZONE = zone
    RecapFactory(published_at=_at(2017, 12, 31, 23, 30), title="Midnight")
    other = Month(2018, 1) if month == Month(2017, 12) else Month(2017, 12)

    with timezone.override(zone):
        assert _filled(recap_years()) == {month: 1}
        page = client.get(f"/archive/{month.year}/{month.month:02d}/")
        assert _titles(page) == ["Midnight"]
        assert client.get(f"/archive/{other.year}/{other.month:02d}/").status_code == 404


def test_a_month_that_begins_in_a_gap_of_the_clocks_has_its_first_hour(client, settings):
    settings.TIME_ZONE = "America/Asuncion"  # 1 October 2017 began at one o'clock
    RecapFactory(published_at=_at(2017, 10, 1, 4, 0), title="First minute")
    RecapFactory(published_at=_at(2017, 10, 1, 3, 59), title="Last minute")

    assert _filled(recap_years()) == {Month(2017, 10): 1, Month(2017, 9): 1}
    assert _titles(client.get("/archive/2017/10/")) == ["First minute"]
    assert _titles(client.get("/archive/2017/09/")) == ["Last minute"]


@pytest.mark.parametrize("recap_count", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"), [("/archive/", 1), ("/archive/2017/", 7), ("/archive/2017/04/", 7)]
)
def test_query_count_does_not_grow(
    client, django_assert_num_queries, address, queries, recap_count
):
    _published(*[(2017, 4, 10)] * recap_count)

    with django_assert_num_queries(queries):
        response = client.get(address)

    assert response.status_code == 200


@pytest.mark.big
@pytest.mark.django_db(transaction=True)
def test_the_archive_of_100_000_recaps_is_answered_from_the_index_alone(client):
    recap = RecapFactory(conference=ConferenceFactory(), talk=None, body="What was said. " * 20)
    multiply(
        recap,
        100_000,
        uid="gen_random_uuid()",
        slug="'many-' || n",
        status="CASE WHEN n % 10 = 0 THEN 'draft' ELSE 'published' END",
        published_at="CASE WHEN n % 10 = 1 THEN timestamptz '2199-01-01' "
        "ELSE timestamptz '2008-01-01' + n * interval '1 hour' END",
    )

    with CaptureQueriesContext(connection) as queries:
        response = client.get("/archive/")
    nodes = plan_nodes(queries, "DATE_TRUNC")

    assert sum(year.counts.count for year in response.context["years"]) == 80_001
    scans = [node for node in nodes if "Scan" in node["Node Type"]]
    assert {(node["Node Type"], node["Index Name"], node["Heap Fetches"]) for node in scans} == {
        ("Index Only Scan", "recap_published_newest", 0)
    }
