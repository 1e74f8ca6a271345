"""No save overwrites what somebody else saved: one wins, the others get both texts."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from accounts.factories import UserFactory
from recaps.factories import RecapFactory
from recaps.models import Recap, RecapVersion
from recaps.writing import write_recap
from tests.tools.admin_form import fields_of, save

PARALLEL = 50


def _address(recap):
    return f"/admin/recaps/recap/{recap.pk}/change/"


@pytest.fixture
def opened(admin_client):
    """A recap, and what its form says; somebody else has saved since."""
    recap = RecapFactory(body="One two three.", summary="S", draft=True)
    fields = fields_of(admin_client.get(_address(recap)))
    recap.body, recap.status = "One two <four>.", "draft"
    recap.language = "de"
    write_recap(recap, by=UserFactory(public_name="Eve"))
    return recap, fields


@pytest.mark.django_db
def test_the_second_of_two_gets_both_texts_and_the_difference(admin_client, opened):
    recap, fields = opened

    response = admin_client.post(_address(recap), {**fields, "body": "One zwei three."})

    html = response.content.decode()
    assert response.status_code == 409
    assert Recap.objects.get().body == "One two <four>."
    assert response.context_data["adminform"].form["body"].value() == "One zwei three."
    conflict = response.context_data["conflict"]
    assert [text.saved for text in conflict.texts] == ["One two <four>."]
    assert "<del>two</del><ins>zwei</ins>" in html
    assert "<del>&lt;four&gt;</del><ins>three</ins>" in html
    assert [(value.label, value.theirs) for value in conflict.values] == [("Language", "de")]
    assert "The last text is by Eve" in html
    assert html.count('name="started_from" value="2"') == 1


@pytest.mark.django_db
def test_what_was_merged_is_saved_from_the_new_version(admin_client, opened):
    recap, fields = opened
    conflict = admin_client.post(_address(recap), {**fields, "body": "Mine."})

    started_from = conflict.context_data["adminform"].form["started_from"].value()
    merged = {**fields, "started_from": started_from, "body": "Mine and theirs."}
    response = admin_client.post(_address(recap), merged)

    recap.refresh_from_db()
    assert (response.status_code, recap.body, recap.version) == (302, "Mine and theirs.", 3)
    assert [version.body for version in recap.versions.order_by("number")] == [
        "One two three.",
        "One two <four>.",
        "Mine and theirs.",
    ]


@pytest.mark.django_db
def test_publishing_meanwhile_is_not_undone(admin_client):
    recap = RecapFactory(draft=True)
    fields = fields_of(admin_client.get(_address(recap)))
    chosen = {"action": "publish", "_selected_action": [recap.pk], "index": "0"}
    admin_client.post("/admin/recaps/recap/", chosen)

    response = admin_client.post(_address(recap), {**fields, "body": "Mine."})

    assert response.status_code == 409
    assert Recap.objects.published().get().body == "What was said."
    values = response.context_data["conflict"].values
    assert {value.label for value in values} == {"Status", "Published at"}


@pytest.mark.django_db
@pytest.mark.parametrize("started_from", [None, "", "abc", "99", "-1", "9" * 30])
def test_a_form_without_the_version_it_started_from_saves_nothing(admin_client, started_from):
    recap = RecapFactory()

    response = save(admin_client, _address(recap), body="Else.", started_from=started_from)

    assert response.status_code in {200, 409}
    assert Recap.objects.get().body == "What was said."


@pytest.mark.django_db
def test_a_recap_in_the_bin_is_not_saved_and_the_text_comes_back(admin_client):
    recap = RecapFactory()
    fields = fields_of(admin_client.get(_address(recap)))
    admin_client.post(f"/admin/recaps/recap/{recap.pk}/delete/", {"post": "yes"})

    response = admin_client.post(_address(recap), {**fields, "body": "What I typed."})

    html = response.content.decode()
    assert response.status_code == 403
    assert ("This recap is in the bin" in html, "What I typed.</textarea>" in html) == (True, True)
    assert Recap.objects.get().body == "What was said."


def _parallel(work):
    """Run the work for each number in a thread with a connection of its own."""

    def run(number):
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(PARALLEL) as pool:
        return list(pool.map(run, range(PARALLEL)))


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_of_fifty_parallel_saves_one_wins_and_the_others_keep_their_text(monkeypatch):
    editor, recap = UserFactory(superuser=True), RecapFactory(draft=True, body="Before.")
    clients = [Client() for _ in range(PARALLEL)]
    for client in clients:
        client.force_login(editor)
    fields = fields_of(clients[0].get(_address(recap)))
    # Each client would note what all the others render.
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)

    def save_one(number):
        answer = clients[number].post(_address(recap), {**fields, "body": f"Text {number}."})
        answer.render() if answer.status_code == 409 else None
        return answer.status_code, answer.content.decode()

    answers = _parallel(save_one)

    statuses = [status for status, _ in answers]
    winner = statuses.index(302)
    assert sorted(statuses) == [302] + [409] * (PARALLEL - 1)
    stored = Recap.objects.get()
    assert (stored.body, stored.version) == (f"Text {winner}.", 2)
    assert RecapVersion.objects.count() == 2
    kept = [n for n, (_, html) in enumerate(answers) if f"\nText {n}.</textarea>" in html]
    assert kept == [n for n in range(PARALLEL) if n != winner]
