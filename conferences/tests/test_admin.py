"""Conferences and series in the admin."""

import datetime as dt

import pytest

from conferences.factories import ConferenceFactory, SeriesFactory
from conferences.models import Conference, Series
from recaps.factories import RecapFactory
from talks.factories import TalkFactory
from tests.tools.admin_form import errors_of, save

pytestmark = pytest.mark.django_db

CONFERENCES = "/admin/conferences/conference/"
SERIES = "/admin/conferences/series/"
NO_TIME_ZONE = "“X” is no time zone: give an IANA name such as Europe/Berlin, or +05:30."


def listed(client, query=""):
    return [row.title for row in client.get(CONFERENCES + query).context_data["cl"].result_list]


def test_conferences_are_listed_newest_first_with_their_counts(admin_client):
    undated = ConferenceFactory(title="Undated", undated=True)
    newest = ConferenceFactory(
        title="Newest", starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 1, 2)
    )
    for _ in range(2):
        RecapFactory(talk=TalkFactory(conference=newest))
    RecapFactory(talk=TalkFactory(conference=undated), draft=True)

    rows = admin_client.get(CONFERENCES).context_data["cl"].result_list

    assert [(row.title, row.talk_count, row.recap_count) for row in rows] == [
        ("Newest", 2, 2),
        ("Undated", 1, 0),
    ]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        pytest.param("?series__id__exact={series}", {"Harbour 2017"}, id="series"),
        pytest.param("?series__named=HARB", {"Harbour 2017"}, id="series-by-name"),
        pytest.param("?q=lisbon", {"Harbour 2017"}, id="search-city"),
        pytest.param("?q=series", {"Harbour 2017"}, id="search-series"),
        pytest.param("?dates_estimated__exact=1", {"Other"}, id="estimated"),
        pytest.param("?starts_on__year=2017", {"Harbour 2017", "Other"}, id="year"),
    ],
)
def test_filters_and_search(admin_client, query, titles):
    series = SeriesFactory(title="Harbour series")
    ConferenceFactory(title="Harbour 2017", series=series, city="Lisbon")
    ConferenceFactory(title="Other", dates_estimated=True)

    assert set(listed(admin_client, query.format(series=series.pk))) == titles


@pytest.mark.parametrize(
    ("address", "model", "slug"),
    [(CONFERENCES, Conference, "harbour-2017"), (SERIES, Series, "harbour-2017")],
    ids=["conference", "series"],
)
def test_an_empty_address_is_made_from_the_title(admin_client, address, model, slug):
    save(admin_client, f"{address}add/", title="Harbour: 2017!")
    save(admin_client, f"{address}add/", title="Harbour 2017")

    assert set(model.objects.values_list("slug", flat=True)) == {slug, f"{slug}-2"}


@pytest.mark.parametrize(
    ("address", "factory"),
    [(CONFERENCES, ConferenceFactory), (SERIES, SeriesFactory)],
    ids=["conference", "series"],
)
def test_a_changed_address_goes_on_working(admin_client, address, factory):
    row = factory(slug="old")

    save(admin_client, f"{address}{row.pk}/change/", slug="newer", title="Newer title")

    row.refresh_from_db()
    assert (row.slug, row.title) == ("newer", "Newer title")
    assert list(type(row).objects.at_old_address("old")) == [row]


def test_an_old_address_is_given_up_on_demand(admin_client):
    row = ConferenceFactory(slug="old")
    address = f"{CONFERENCES}{row.pk}/change/"
    save(admin_client, address, slug="newer")

    save(admin_client, address, **{"old_slugs-0-DELETE": "on"})

    assert list(Conference.objects.at_old_address("old")) == []


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        pytest.param(
            {"ends_on": "2017-04-01"},
            {"__all__": ["A conference cannot end before it starts."]},
            id="ends-before-it-starts",
        ),
        pytest.param(
            {"starts_on": ""},
            {"__all__": ["A conference with a last day needs a first day."]},
            id="last-day-alone",
        ),
        pytest.param(
            {"starts_on": "1066-10-14"},
            {"starts_on": ["Give a day from 1 January 1900 to 31 December 2200."]},
            id="year-1066",
        ),
        pytest.param(
            {"time_zone": "X"},
            {"time_zone": [NO_TIME_ZONE]},
            id="no-such-zone",
        ),
        pytest.param(
            {"country": "XX"},
            {"country": ["Select a valid choice. XX is not one of the available choices."]},
            id="no-such-country",
        ),
    ],
)
def test_what_the_form_refuses(admin_client, fields, errors):
    row = ConferenceFactory()

    response = save(admin_client, f"{CONFERENCES}{row.pk}/change/", **fields)

    assert response.status_code == 200
    assert errors_of(response) == errors


def test_a_series_with_editions_is_not_deleted(admin_client):
    conference = ConferenceFactory(series=SeriesFactory())

    admin_client.post(f"{SERIES}{conference.series.pk}/delete/", {"post": "yes"})

    conference.refresh_from_db()
    assert conference.series is not None
