"""Where a search is too wide: results by day, estimates, phrases in so many texts, and an end."""

import datetime as dt
import re
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from recaps.factories import RecapFactory
from search import facet_counts, results
from search.limits import TooSlowError, search_limits
from talks.factories import TalkFactory
from talks.models import Talk

pytestmark = pytest.mark.django_db


def test_too_many_results_come_by_date_and_are_estimated(client, monkeypatch):
    monkeypatch.setattr(results, "MOST_COUNTED", 3)
    monkeypatch.setattr(results, "PAGE_SIZE", 3)
    for year in (2015, 2017, 2016, 2018):
        TalkFactory(title=f"Kettle {year}", given_on=dt.date(year, 1, 1))

    response = client.get("/search/?q=kettle&kind=talk")

    page = response.context
    assert [str(hit.thing) for hit in page["hits"]] == ["Kettle 2018", "Kettle 2017", "Kettle 2016"]
    assert (page["found"].number, page["found"].is_exact) == (3, False)
    html = response.content.decode()
    assert ("<strong>3+</strong>" in html, "estimates" in html) == (True, True)
    older = client.get(page["found"].page.older_url).context
    assert [str(hit.thing) for hit in older["hits"]] == ["Kettle 2015"]


def test_too_many_results_of_a_year_begin_with_its_last_day(client, monkeypatch):
    monkeypatch.setattr(results, "MOST_COUNTED", 1)
    monkeypatch.setattr(facet_counts, "MOST_COUNTED", 1)
    for day in (
        dt.date(2015, 1, 1),
        dt.date(2016, 12, 31),
        dt.date(2016, 1, 1),
        dt.date(2017, 1, 1),
    ):
        talk = TalkFactory(title=f"Kettle {day}", given_on=day)
    RecapFactory(talk=talk, title="Kettle, read later")
    RecapFactory(talk=TalkFactory(title="Lamp", given_on=dt.date(2016, 5, 1)), title="Kettle, told")

    page = client.get("/search/?q=kettle&year=2016").context

    first, *both, last = [str(hit.thing) for hit in page["hits"]]
    assert (first, sorted(both), last) == (
        "Kettle 2016-12-31",
        ["Kettle, told", "Lamp"],
        "Kettle 2016-01-01",
    )
    [years] = [counts for counts in page["facets"] if counts.facet.parameter == "year"]
    assert {choice.is_exact for choice in years.choices} == {False}


def test_a_phrase_is_looked_for_in_so_many_texts_and_the_page_says_so(client, monkeypatch):
    for title in ("Tea kettle", "Kettle tea", "Old tea kettle", "Tea"):
        TalkFactory(title=title)

    whole = client.get('/search/?q="tea+kettle"')
    monkeypatch.setattr(results, "MOST_READ", 2)
    cut = client.get('/search/?q="tea+kettle"')

    said = "the phrase was looked for in"
    assert {str(hit.thing) for hit in whole.context["hits"]} == {"Tea kettle", "Old tea kettle"}
    assert (whole.context["found"].is_exact, said in whole.content.decode()) == (True, False)
    assert [str(hit.thing) for hit in cut.context["hits"]] == ["Tea kettle"]
    assert (cut.context["found"].is_exact, said in cut.content.decode()) == (False, True)
    assert "<strong>1+</strong>" in cut.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"tea kettle" -"old tea"', ["Tea kettle"]),
        ('"tea kettle" or "kettle tea"', ["Kettle tea", "Old tea kettle", "Tea kettle"]),
        ('"tea kettle" or -tea', ["Lamp", "Old tea kettle", "Tea kettle"]),
        ("tea-kettle", ["Old tea kettle", "Tea kettle"]),
    ],
)
def test_phrases_beside_other_words(client, query, found):
    for title in ("Tea kettle", "Kettle tea", "Old tea kettle", "Lamp"):
        TalkFactory(title=title)

    hits = client.get("/search/", {"q": query, "kind": "talk"}).context["hits"]

    assert sorted(str(hit.thing) for hit in hits) == found


# Statements that fail for what they are, and one that takes longer than any search may.
TOO_MUCH = ["SELECT 1/0", "SELECT repeat('a', 1 << 30) || repeat('a', 1 << 29)"]
TOO_SLOW = "SELECT pg_sleep(60)"
ASKING = ["/search/?q=kettle", "/search/feed.atom?q=kettle"]


@pytest.mark.parametrize("statement", TOO_MUCH)
@pytest.mark.parametrize("address", ASKING)
def test_what_the_database_cannot_be_asked_is_said_so(client, monkeypatch, statement, address):
    monkeypatch.setattr("search.matching._LANGUAGES", f"{statement}, %s::text[]")

    response = client.get(address)

    assert (response.status_code, "Retry-After" in response.headers) == (400, False)
    assert "Too complicated" in response.content.decode()


@pytest.mark.parametrize("address", ASKING)
def test_a_slow_server_is_no_bad_request(client, monkeypatch, address):
    monkeypatch.setattr("search.matching._LANGUAGES", f"{TOO_SLOW}, %s::text[]")
    monkeypatch.setattr("search.limits.LONGEST", 0.02)

    response = client.get(address)

    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert response.headers["Cache-Control"] == "no-store"
    html = response.content.decode()
    assert ("The library is busy" in html, 'value="kettle"' in html) == (True, True)


def test_suggestions_of_a_slow_server_are_none(client, monkeypatch):
    monkeypatch.setattr("search.limits.LONGEST", 0)

    response = client.get("/search/suggestions/?q=kettle")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert response.json() == {"suggestions": []}


def test_what_was_found_in_time_is_shown_and_said_to_be_part(client, monkeypatch):
    """Facets are asked for last; their time is over at once, that of the search is not."""
    TalkFactory(title="Kettle")
    monkeypatch.setattr(
        "search.views.facets_of", lambda _found: _asked("SET statement_timeout = 1")
    )

    response = client.get("/search/?q=kettle&kind=talk")

    assert response.status_code == 200
    assert [str(hit.thing) for hit in response.context["hits"]] == ["Kettle"]
    assert "what was found in time" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"


def test_nothing_found_in_time_for_hints_is_shown_without_them(client, monkeypatch):
    monkeypatch.setattr("search.views.help_for", lambda _found: _asked("SET statement_timeout = 1"))

    response = client.get("/search/?q=kettle")

    assert (response.status_code, response.context["found"].number) == (200, 0)
    assert "what was found in time" in response.content.decode()


def _asked(first):
    with connection.cursor() as cursor:
        cursor.execute(first)
        cursor.execute(TOO_SLOW)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ASKING)
def test_a_locked_table_is_a_slow_server(client, monkeypatch, address):
    monkeypatch.setattr("search.limits.LONGEST", 0.1)
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("BEGIN; LOCK TABLE search_searchdocument IN ACCESS EXCLUSIVE MODE")

        response = client.get(address)

    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")


class _Killing:
    """Ends this connection's server process before one of the statements of a search."""

    def __init__(self, number):
        self.left = number

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left == 0:
            pid = connection.connection.info.backend_pid
            with closing(connection.copy()) as other, other.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        return execute(sql, params, many, context)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ASKING)
def test_a_database_that_dies_in_the_middle_is_a_busy_one(client, monkeypatch, address):
    """Before whichever statement of a search, among them those that Django does not send."""
    TalkFactory(title="Kettle")
    monkeypatch.setattr("search.limits._COARSE", -1)  # each statement is told what it may take
    statuses = []
    client.raise_request_exception = False
    while not statuses or (statuses[-1] != 200 and len(statuses) < 40):
        with connection.execute_wrapper(_Killing(len(statuses) + 1)):
            statuses.append(client.get(address).status_code)
        connection.close()

    assert (set(statuses[:-1]), statuses[-1]) == ({503}, 200)
    assert len(statuses) > 5


def test_no_other_module_goes_past_djangos_cursors():
    """What psycopg2 raises by itself is no fault of the database to Django, and a 500."""
    past = re.compile(r"\.cursor\.(execute|fetch|copy)|copy_expert|wrap_database")
    root = Path(settings.BASE_DIR)
    rooms = [
        path
        for path in root.glob("*/**/*.py")
        if not {"tests", "var"} & set(path.relative_to(root).parts)
    ]
    found = {
        path.relative_to(root).as_posix()
        for path in rooms
        if path.parts[len(root.parts)][0] != "." and past.search(path.read_text(encoding="utf-8"))
    }

    assert found == {"search/limits.py"}


def test_many_quick_statements_have_one_limit_together(monkeypatch):
    monkeypatch.setattr("search.limits.LONGEST", 0.3)
    done = []

    def search():
        with search_limits(), connection.cursor() as cursor:
            for number in range(10):
                cursor.execute("SELECT pg_sleep(0.12)")
                done.append(number)

    with pytest.raises(TooSlowError):
        search()
    # The third at the latest is cut off, or does not begin.
    assert done in ([], [0], [0, 1])


def test_nothing_is_asked_after_the_end(monkeypatch):
    monkeypatch.setattr("search.limits.LONGEST", 0)

    with pytest.raises(TooSlowError), search_limits():
        Talk.objects.count()
