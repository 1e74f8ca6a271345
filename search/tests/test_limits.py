"""Where a search is too wide: results by day, estimates, phrases in so many texts, and an end."""

import datetime as dt

import pytest
from django.db import connection

from recaps.factories import RecapFactory
from search import counting, finding
from search.limits import TooComplicatedError, search_limits
from talks.factories import TalkFactory
from talks.models import Talk

pytestmark = pytest.mark.django_db


def test_too_many_results_come_by_date_and_are_estimated(client, monkeypatch):
    monkeypatch.setattr(finding, "MOST_COUNTED", 3)
    monkeypatch.setattr(finding, "PAGE_SIZE", 3)
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
    monkeypatch.setattr(finding, "MOST_COUNTED", 1)
    monkeypatch.setattr(counting, "MOST_COUNTED", 1)
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
    monkeypatch.setattr(finding, "MOST_READ", 2)
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


@pytest.mark.parametrize("statement", ["SELECT pg_sleep(2)", "SELECT 1/0"])
def test_what_is_too_much_for_the_database_is_said_so(client, monkeypatch, statement):
    monkeypatch.setattr("search.matching._LANGUAGES", f"{statement}, %s::text[]")
    monkeypatch.setattr("search.limits.LONGEST", 0.02)

    response = client.get("/search/?q=kettle")

    assert response.status_code == 400
    assert "Too complicated" in response.content.decode()


def test_many_quick_statements_have_one_limit_together(monkeypatch):
    monkeypatch.setattr("search.limits.LONGEST", 0.3)
    done = []

    def search():
        with search_limits(), connection.cursor() as cursor:
            for number in range(10):
                cursor.execute("SELECT pg_sleep(0.12)")
                done.append(number)

    with pytest.raises(TooComplicatedError):
        search()
    # The third at the latest is cut off, or does not begin.
    assert done in ([], [0], [0, 1])


def test_nothing_is_asked_after_the_end(monkeypatch):
    monkeypatch.setattr("search.limits.LONGEST", 0)

    with pytest.raises(TooComplicatedError), search_limits():
        Talk.objects.count()
