"""What was typed comes back with every answer that refuses or fails; secrets never do."""

import pytest
from django.db import OperationalError

from accounts.factories import UserFactory
from talks.factories import TalkFactory
from tests.tools.admin_form import save
from tests.tools.admin_rows import REGISTRY, ROWS, address
from tests.tools.pages import elements, texts

pytestmark = pytest.mark.django_db
HIDDEN, SECRET = "never-shown-again", "a-secret-never-shown-again"
TEXT_TYPES = {"text", "url", "email", None}


@pytest.fixture
def strict(client):
    """Signed in as a superuser, whose forms have no valid token."""
    signed_in = type(client)(enforce_csrf_checks=True)
    signed_in.force_login(UserFactory(is_superuser=True, is_staff=True))
    return signed_in


def filled(response):
    """Return the form of a page with something in every field, and which of it was typed."""
    form, typed = {}, set()
    areas = [area["name"] for area in elements(response, "textarea") if area.get("name")]
    for field in elements(response, "input"):
        name, kind = field.get("name"), field.get("type")
        if not name or "__prefix__" in name:
            continue
        if kind == "hidden":
            form[name] = HIDDEN
        elif kind == "password":
            form[name] = SECRET
        elif kind in TEXT_TYPES and "vTextField" in field.get("class", ""):
            form[name] = f"typed in {name}"
    form |= {name: f"typed in\n{name}" for name in areas if "__prefix__" not in name}
    form.pop("username", None)
    typed = {text for text in form.values() if text.startswith("typed in")}
    return form, typed


def given_back(response):
    return {field.text for field in response.context["typed"]}


@pytest.mark.parametrize("label", sorted(ROWS))
@pytest.mark.parametrize("which", ["add", "change"])
def test_every_form_of_the_admin_gives_back_its_texts_and_nothing_else(strict, label, which):
    if label not in REGISTRY:
        return
    row = ROWS[label]()
    place = address(label, which, *([row.pk] if which == "change" else []))
    page = strict.get(place)
    if page.status_code != 200:  # nobody may do that at all
        assert page.status_code in (302, 403)
        return
    form, typed = filled(page)

    response = strict.post(place, form)

    assert response.status_code == 403
    assert given_back(response) == (set() if SECRET in form.values() else typed)
    assert HIDDEN not in response.content.decode()
    assert SECRET not in response.content.decode()
    if typed and SECRET not in form.values():
        assert "no-store" in response.headers["Cache-Control"]


def test_the_page_shows_each_text_under_its_label_escaped(strict):
    response = strict.post("/admin/talks/talk/add/", {"title": "<b>Bold</b>", "room": " "})

    assert texts(response, "label")[-1].startswith("Title")
    assert texts(response, "textarea") == ["<b>Bold</b>"]
    assert b"<b>Bold" not in response.content


@pytest.mark.parametrize(
    ("error", "status"), [(RuntimeError("x"), 500), (OperationalError("x"), 503)]
)
def test_faults_of_the_site_give_back_what_was_typed(admin_client, monkeypatch, error, status):
    def failing(*args, **kwargs):
        raise error

    monkeypatch.setattr("talks.admin.talks.TalkAdmin.save_model", failing)
    admin_client.raise_request_exception = False
    talk = TalkFactory()

    response = save(admin_client, f"/admin/talks/talk/{talk.pk}/change/", title="New title")

    assert response.status_code == status
    assert "New title" in texts(response, "textarea")
    assert "no-store" in response.headers["Cache-Control"]


def test_a_form_that_cannot_be_stored_comes_back(admin_client):
    response = admin_client.post("/admin/talks/talk/add/", {"title": "New title", "room": "A\0"})

    assert response.status_code == 400
    assert texts(response, "textarea") == ["New title", "A"]


def test_a_form_to_a_place_that_is_gone_comes_back(admin_client):
    response = admin_client.post("/admin/nowhere/", {"body": "Long\nthoughts"})

    assert response.status_code == 404
    assert texts(response, "textarea") == ["Long thoughts"]


def test_what_is_no_form_gives_back_nothing(client):
    for sent in ({"data": b"\xff", "content_type": "application/octet-stream"}, {"data": {}}):
        response = client.post("/nowhere/", **sent)

        assert response.status_code in (403, 404)
        assert b"<textarea" not in response.content


def test_a_reader_who_only_asks_is_given_nothing_back(client):
    assert b"<textarea" not in client.get("/nowhere/?body=Long").content


def test_what_a_login_carries_along_comes_back_without_the_password(client):
    strict = type(client)(enforce_csrf_checks=True)

    response = strict.post(
        "/admin/login/",
        {
            "username": "ada",
            "password": SECRET,
            "carried-body": "Long\nthoughts",
            "carried-step": "7",
        },
    )

    assert response.status_code == 403
    assert texts(response, "textarea") == ["Long thoughts"]
    assert SECRET not in response.content.decode()
    assert b"ada" not in response.content
