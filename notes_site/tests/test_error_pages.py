"""The pages for what went wrong."""

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test.utils import CaptureQueriesContext

from notes_site import home
from notes_site.error_pages import permission_denied
from tests.tools.pages import elements, targets, texts

pytestmark = pytest.mark.django_db


def fail_with(monkeypatch, error):
    """Make the first page raise the error."""

    def failing():
        raise error

    monkeypatch.setattr(home, "library_figures", failing)


def test_missing_page_offers_a_search(client):
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert texts(response, "h1") == ["There is nothing at this address"]
    assert [box["id"] for box in elements(response, "input", type="search")] == ["missing-search"]
    assert elements(response, "link", rel="canonical") == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/conferences/none/", "There is no conference at this address."),
        ("/series/none/", "There is no series at this address."),
        ("/conferences/none/none/", "There is no talk at this address."),
        ("/no-such-page/", "It may have been mistyped, or what was here is gone."),
    ],
)
def test_missing_page_says_what_is_missing(client, address, said):
    response = client.get(address)

    assert texts(response, class_="lede") == [f"{said} Perhaps a search finds it."]


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("/no-such-page/", "no such page"),
        ("/conferences/conf/How%20I_met-trees", "How I met trees"),
        ("/conferences/conf/trees/calendar.ics", "trees"),
        ("/speakers/ad%C3%A8le/feed.atom", "adèle"),
        ("/tags/ade%CC%80le/", "adèle"),
        ("/talks/日本の木/", "日本の木"),
        ("/talks/हिन्दी/", "हिन्दी"),
        ("/old/2017/trees.html", "trees"),
        ("/x/%22%3E%3Cscript%3E/", "script"),
        ("/x/%22%20onfocus=a%20autofocus=%22/", "onfocus a autofocus"),
        ("/x/-one%20%22two%20three%22%20or%20(four)/", "one two three or four"),
        ("/x/%E2%80%AEtxt%E2%80%8B/", "txt"),
        ("/x/%FF%FE/", "FF FE"),
        ("/x/---/", ""),
        ("/" + "tree-" * 400, " ".join(["tree"] * 16)),
        ("/" + "a" * 8000 + "/", "a" * 80),
    ],
)
def test_missing_page_offers_to_search_for_the_words_of_its_address(
    client, django_assert_max_num_queries, address, asked
):
    with django_assert_max_num_queries(2):  # what is there, and what was there before
        response = client.get(address)

    [box] = elements(response, "input", type="search")
    assert (response.status_code, box["value"]) == (404, asked)
    assert set(box) <= {"type", "id", "name", "value", "maxlength", "placeholder", "autocomplete",
                        "tag", "text"}  # fmt: skip


def test_an_address_that_means_nothing_is_answered_without_a_query(
    client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = client.get("/no-such-page/")

    assert response.status_code == 404


def test_missing_page_repeats_nothing_of_its_address(client):
    response = client.get("/%3Cscript%3Ealert(1)%3C/script%3E/?q=%3Cscript%3E")

    assert response.status_code == 404
    assert b"alert" not in response.content


def test_unreadable_request_is_answered_400(client):
    response = client.get("/search/?q=%00")

    assert response.status_code == 400
    assert texts(response, "h1") == ["This request could not be read"]


def test_foreign_host_is_answered_400_and_not_named(client):
    response = client.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert b"evil.example" not in response.content


def test_forbidden_page_says_so(rf):
    response = permission_denied(rf.get("/"), Exception())

    assert response.status_code == 403
    assert texts(response, "h1") == ["This page is not open to you"]


def test_form_without_its_token_is_refused_with_a_way_on(client):
    strict = type(client)(enforce_csrf_checks=True)

    response = strict.post("/admin/login/", {"username": "somebody"})

    assert response.status_code == 403
    assert texts(response, "h1") == ["The form had waited too long"]
    assert b"somebody" not in response.content


def test_form_without_its_token_gives_back_what_was_typed(client, django_assert_num_queries):
    """Whoever sent it: the session may have ended, so nobody is asked who it was."""
    strict = type(client)(enforce_csrf_checks=True)

    with django_assert_num_queries(0):
        response = strict.post("/admin/recaps/recap/add/", {"body": "<b>\nTyped.", "title": "S"})

    assert response.status_code == 403
    assert texts(response, "textarea") == ["<b> Typed.", "S"]


def test_fault_of_the_site_is_answered_500_with_a_page_of_its_own(client, monkeypatch):
    fail_with(monkeypatch, RuntimeError("secret detail"))
    client.raise_request_exception = False

    response = client.get("/")

    assert response.status_code == 500
    assert texts(response, "h1") == ["Something broke here"]
    assert targets(response) == ["/"]
    assert b"secret detail" not in response.content


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_page_without_a_database_is_answered_503_and_invites_again(client, monkeypatch, error):
    fail_with(monkeypatch, error("connection refused"))
    client.raise_request_exception = False

    response = client.get("/")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert response.headers["Cache-Control"] == "no-store"
    assert texts(response, "h1") == ["The library is closed for a moment"]
    assert b"refused" not in response.content


def test_pages_of_the_sites_own_faults_need_no_query(client, monkeypatch):
    client.raise_request_exception = False
    before_the_fault = []

    def failing():
        before_the_fault.append(len(queries))
        raise OperationalError

    monkeypatch.setattr(home, "library_figures", failing)
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/")

    assert [len(queries)] == before_the_fault

    first, *_others = elements(response, "link", rel="stylesheet")
    assert first["href"] == "/static/css/tokens.css"


def test_too_many_failed_logins_have_a_page(client):
    wrong = {"username": "somebody", "password": "wrong"}
    for _ in range(10):
        client.post("/admin/login/", wrong)

    response = client.post("/admin/login/", wrong)

    assert response.status_code == 429
    assert texts(response, "h1") == ["Too many tries"]
