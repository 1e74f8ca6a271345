"""The archives of talks, by programme day, and of recaps, by publication in the site's zone."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conferences.factories import ConferenceFactory
from foundation.pages.months import Month, MonthCount
from recaps.archive import RECAPS
from recaps.factories import RecapFactory
from talks.archive import TALKS
from talks.factories import TalkFactory
from tests.tools.many_rows import multiply, plan_nodes
from tests.tools.pages import elements, texts

pytestmark = pytest.mark.django_db


def _at(*moment):
    return dt.datetime(*moment, tzinfo=dt.UTC)


class Recaps:
    """The archive of recaps, and what fills it."""

    archive, address, noun = RECAPS, "/archive/", "recap"
    nothing = "No recap has been published yet."
    missing = "No recap was published in"
    queries = 7

    @staticmethod
    def add(*day, **fields):
        """Add a recap that belongs to the day."""
        return RecapFactory(published_at=_at(*day, 12), **fields)

    @staticmethod
    def add_hidden(*day):
        """Add recaps that are in no archive."""
        RecapFactory(draft=True)
        RecapFactory(status="draft", published_at=_at(*day))
        RecapFactory(scheduled=True)


class Talks:
    """The archive of talks, and what fills it."""

    archive, address, noun = TALKS, "/archive/talks/", "talk"
    nothing = "No talk has a date yet."
    missing = "No talk was given in"
    queries = 6

    @staticmethod
    def add(*day, **fields):
        """Add a talk that belongs to the day."""
        return TalkFactory(given_on=dt.date(*day), **fields)

    @staticmethod
    def add_hidden(*_day):
        """Add a talk that is in no archive."""
        TalkFactory(undated=True)


@pytest.fixture(params=[Recaps, Talks], ids=["recaps", "talks"])
def kind(request):
    """One of the archives."""
    return request.param


def _filled(years):
    return {counted.month: counted.count for year in years for counted in year.filled_months}


def _titles(response):
    return [row.title for row in response.context["page"]]


def test_years_come_newest_first_with_all_twelve_months(kind):
    for day in (2017, 4, 10), (2017, 4, 30), (2017, 12, 31), (2015, 1, 1):
        kind.add(*day)

    years = kind.archive.years()

    assert [(year.year, year.count, len(year.months)) for year in years] == [
        (2017, 3, 12),
        (2015, 1, 12),
    ]
    assert years[0].filled_months == [
        MonthCount(Month(2017, 4), 2),
        MonthCount(Month(2017, 12), 1),
    ]


def test_what_is_hidden_or_has_no_day_is_in_no_month(kind):
    kind.add(2017, 4, 10)
    kind.add_hidden(2017, 4, 11)

    assert _filled(kind.archive.years()) == {Month(2017, 4): 1}


def test_months_that_have_something_are_links_with_their_counts(client, kind):
    for day in (2017, 4, 10), (2017, 4, 11), (2016, 2, 1):
        kind.add(*day)

    html = client.get(kind.address).content.decode()

    links = [html.count(f'href="{kind.address}{month}/"') for month in ("2017/04", "2016/02")]
    assert links == [1, 1]
    assert html.count(f'href="{kind.address}201') == 4  # these months and their years


def test_the_archive_is_a_table_of_years_and_months_darker_where_there_is_more(client, kind):
    for count, month in [
        (1, (2016, 2, 1)),
        (2, (2017, 1, 1)),
        (3, (2017, 4, 1)),
        (4, (2017, 5, 1)),
    ]:
        for _ in range(count):
            kind.add(*month)
    kind.add_hidden(2017, 6, 1)

    response = client.get(kind.address)

    heads = texts(response, "th", inside="heat")
    assert [heads[1], heads[12], heads[13:]] == ["Jan", "Dec", ["All", "2017", "2016"]]
    cells = elements(response, "a", inside="heat")
    assert [(cell.get("class"), cell["text"]) for cell in cells] == [
        (None, "2017"),
        ("heat-2", f"2 {kind.noun}s in January 2017"),
        ("heat-3", f"3 {kind.noun}s in April 2017"),
        ("heat-4", f"4 {kind.noun}s in May 2017"),
        (None, "2016"),
        ("heat-1", f"1 {kind.noun} in February 2016"),
    ]
    assert texts(response, class_="heat-sum") == ["9", "1"]


def test_an_archive_with_nothing_says_so(client, kind):
    kind.add_hidden(2017, 6, 1)

    response = client.get(kind.address)

    assert response.status_code == 200
    assert kind.nothing in response.content.decode()


def test_a_year_lists_its_rows_and_the_years_beside_it(client, kind):
    kind.add(2014, 1, 1, title="Old")
    kind.add(2017, 4, 10, title="April")
    kind.add(2017, 12, 31, title="December")
    kind.add(2019, 1, 1, title="Later")

    response = client.get(f"{kind.address}2017/")

    assert _titles(response) == ["December", "April"]
    html = response.content.decode()
    assert [html.count(f'href="{kind.address}{year}/"') for year in (2014, 2019)] == [1, 1]


def test_a_month_lists_its_rows_the_newest_first(client, kind):
    kind.add(2017, 3, 31, title="March")
    kind.add(2017, 4, 1, title="First")
    kind.add(2017, 4, 30, title="Last")
    kind.add(2017, 5, 1, title="May")

    assert _titles(client.get(f"{kind.address}2017/04/")) == ["Last", "First"]


@pytest.mark.parametrize(("number", "said"), [(1, "1 {}"), (2, "2 {}s")])
def test_a_month_and_a_year_say_what_they_list(client, kind, number, said):
    for _ in range(number):
        kind.add(2017, 4, 10)

    pages = {when: client.get(f"{kind.address}{when}/") for when in ("2017", "2017/04")}

    assert [texts(page, "h1") for page in pages.values()] == [["2017"], ["April 2017"]]
    for when, page in zip(("2017", "April 2017"), pages.values(), strict=True):
        assert texts(page, "title")[0].startswith(f"{kind.noun.title()}s of {when}")
        assert texts(page, "li", inside="figures") == [said.format(kind.noun)]


def test_a_month_leads_to_the_months_before_and_after_that_have_something(client, kind):
    for day in (2015, 11, 5), (2017, 4, 10), (2019, 2, 1):
        kind.add(*day)
    kind.add_hidden(2017, 3, 1)
    kind.add_hidden(2017, 5, 1)

    context = client.get(f"{kind.address}2017/04/").context

    assert (context["before"], context["after"]) == (Month(2015, 11), Month(2019, 2))


def test_the_only_month_has_no_neighbours(client, kind):
    kind.add(2017, 4, 10)
    kind.add_hidden(2017, 3, 1)

    context = client.get(f"{kind.address}2017/04/").context

    assert (context["before"], context["after"]) == (None, None)


@pytest.mark.parametrize(("when", "said"), [("2017/05", "May 2017"), ("2018", "2018")])
def test_what_has_nothing_is_a_404_that_says_so(client, kind, when, said):
    kind.add(2017, 4, 10)
    kind.add_hidden(2017, 5, 1)

    response = client.get(f"{kind.address}{when}/")

    assert response.status_code == 404
    assert f"{kind.missing} {said}." in response.content.decode()


@pytest.mark.parametrize(
    "when",
    [
        "2017/13/",
        "2017/00/",
        "2017/4/",
        "2017/004/",
        "9999/12/",
        "9999/",
        "0000/",
        "0000/01/",
        "1899/12/",
        "2200/12/",
        "2201/01/",
        "17/04/",
        "+2017/04/",
        "２０１７/04/",
        "abc/",
        "2017/04/10/",
        "2017/-1/",
        "2017/04/?after=abc",
        "2017/04/?after=2017-04-03",
        "2017/?before=~",
        "2017/?before=2017-04-10T12:00:00%2B23:59~1",
    ],
)
def test_odd_dates_are_not_found(client, kind, when):
    kind.add(2017, 4, 10)

    assert client.get(f"{kind.address}{when}").status_code == 404


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
        assert _filled(RECAPS.years()) == {month: 1}
        page = client.get(f"/archive/{month.year}/{month.month:02d}/")
        assert _titles(page) == ["Midnight"]
        assert client.get(f"/archive/{other.year}/{other.month:02d}/").status_code == 404


def test_a_month_that_begins_in_a_gap_of_the_clocks_has_its_first_hour(client, settings):
    settings.TIME_ZONE = "America/Asuncion"  # 1 October 2017 began at one o'clock
    RecapFactory(published_at=_at(2017, 10, 1, 4, 0), title="First minute")
    RecapFactory(published_at=_at(2017, 10, 1, 3, 59), title="Last minute")

    assert _filled(RECAPS.years()) == {Month(2017, 10): 1, Month(2017, 9): 1}
    assert _titles(client.get("/archive/2017/10/")) == ["First minute"]
    assert _titles(client.get("/archive/2017/09/")) == ["Last minute"]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_a_programme_day_is_a_plain_date_in_every_zone(client, settings, zone):
    settings.TIME_ZONE = zone
    Talks.add(2017, 12, 31, title="Eve")
    Talks.add(2018, 1, 1, title="New year")

    with timezone.override(zone):
        assert _titles(client.get("/archive/talks/2017/12/")) == ["Eve"]
        assert _titles(client.get("/archive/talks/2018/01/")) == ["New year"]


def test_a_card_counts_published_recaps_alone(client):
    talk = Talks.add(2017, 4, 3)
    RecapFactory(talk=talk)
    RecapFactory(talk=talk, draft=True)
    RecapFactory(talk=talk, scheduled=True)

    [shown] = client.get("/archive/talks/2017/04/").context["page"]

    assert shown.recap_count == 1


@pytest.mark.parametrize("row_count", [1, 3])
@pytest.mark.parametrize("when", ["", "2017/", "2017/04/"])
def test_query_count_does_not_grow(client, django_assert_num_queries, kind, when, row_count):
    for _ in range(row_count):
        kind.add(2017, 4, 10)

    with django_assert_num_queries(kind.queries if when else 1):
        response = client.get(f"{kind.address}{when}")

    assert response.status_code == 200


def _all_counted(client, address):
    """Return how many rows an archive counts, and the scans of its query."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    nodes = plan_nodes(queries, "DATE_TRUNC")
    scans = {
        (node["Node Type"], node["Index Name"], node["Heap Fetches"])
        for node in nodes
        if "Scan" in node["Node Type"]
    }
    return sum(year.counts.count for year in response.context["years"]), scans


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

    assert _all_counted(client, "/archive/") == (
        80_001,
        {("Index Only Scan", "recap_published_newest", 0)},
    )


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

    assert _all_counted(client, "/archive/talks/") == (
        90_001,
        {("Index Only Scan", "talk_by_day", 0)},
    )

    with CaptureQueriesContext(connection) as queries:
        client.get("/archive/talks/2012/04/")
    nodes = plan_nodes(queries, "LIMIT 51")

    scans = [node for node in nodes if node.get("Relation Name") == "talks_talk"]
    assert [(node["Node Type"], node["Index Name"]) for node in scans] == [
        ("Index Scan", "talk_by_day")
    ]
