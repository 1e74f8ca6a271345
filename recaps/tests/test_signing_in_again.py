"""A session that ends in the middle of writing: what was typed goes through."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.factories import UserFactory
from recaps.tests.sendings import sent

pytestmark = pytest.mark.django_db
LIST = "/admin/recaps/recap/"
KEEP = f"{LIST}keep/"
JSON = {"Accept": "application/json"}


def test_ended_session_is_said_to_scripts_instead_of_a_page(client, taker):
    Session.objects.all().delete()

    response = client.post(KEEP, sent(body="Typed."), headers=JSON)

    assert (response.status_code, response.json()) == (401, {"signed_out": True})
    assert client.get("/admin/session/").json()["person"] is None


def test_signing_in_again_answers_who_it_is_and_a_token(client):
    person = UserFactory(staff=True)
    person.set_password("harbour lights at dusk")
    person.save()
    form = {"username": person.username, "password": "harbour lights at dusk"}

    wrong = client.post("/admin/session/sign-in/", {**form, "password": "wrong"})
    right = client.post("/admin/session/sign-in/", form)

    assert (wrong.status_code, "error" in wrong.json()) == (400, True)
    assert right.json()["person"] == person.pk
    assert client.get("/admin/session/").json()["person"] == person.pk
    assert "no-store" in client.get("/admin/session/").headers["Cache-Control"]


def test_sign_in_needs_the_token_of_a_form():
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/admin/session/sign-in/", {"username": "a"}).status_code == 403


def test_form_that_comes_after_the_session_is_carried_through_the_login(client, taker):
    taker.set_password("harbour lights at dusk")
    taker.save()
    fields = {"title": "T", "body": "Line <one>\nLine two", "_save": "Save"}
    login = {"username": taker.username, "next": f"{LIST}add/"}
    client.logout()

    signed_out = client.post(f"{LIST}add/", fields)
    carried = dict(signed_out.context_data["carried"])
    resent = {**login, **{f"carried-{name}": value for name, value in carried.items()}}
    wrong = client.post("/admin/login/", {**resent, "password": "wrong"})
    right = client.post("/admin/login/", {**resent, "password": "harbour lights at dusk"})

    assert (signed_out.status_code, carried) == (403, fields)
    assert dict(wrong.context_data["carried"]) == fields
    assert right.context_data["address"] == f"{LIST}add/"
    assert "Line &lt;one&gt;\nLine two</textarea>" in right.content.decode()


def test_login_carries_nothing_to_another_site(client, taker):
    taker.set_password("harbour lights at dusk")
    taker.save()
    client.logout()
    form = {"username": taker.username, "password": "harbour lights at dusk", "carried-body": "x"}

    response = client.post("/admin/login/", {**form, "next": "https://else.example/"})

    assert response.context_data["address"].startswith("/")


def test_form_with_a_password_is_not_carried(client):
    form = {"username": "new", "password1": "secret-secret", "password2": "secret-secret"}

    response = client.post("/admin/accounts/user/add/", form)

    assert response.status_code == 302
