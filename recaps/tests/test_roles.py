"""Who may do what with whose recap, in the admin: every role, every way, forged ones too."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry

from accounts.factories import UserFactory
from recaps.factories import RecapFactory
from recaps.models import Recap
from talks.factories import TalkFactory
from tests.tools.admin_form import fields_of, save

pytestmark = pytest.mark.django_db
LIST = "/admin/recaps/recap/"
# What a forged form says beside the text. A note-taker's form has no such fields.
FORGED = {
    "status": "published",
    "published_at_0": "2017-01-01",
    "published_at_1": "12:00",
    "_publish": "1",
    "deleted_at": "",
    "version": "99",
    "submitted_at_0": "2017-01-01",
}


def _address(recap, page="change"):
    return f"{LIST}{recap.pk}/{page}/"


@pytest.fixture
def note_taker(client):
    """A note-taker who is logged in."""
    person = UserFactory(staff=True, role="Note-takers", slug="taker")
    client.force_login(person)
    return person


# Which rows each person finds, and which of them they may change, delete, publish.
OWN_DRAFT, OWN_PUBLISHED, OTHERS_DRAFT, OTHERS_PUBLISHED = range(4)
EVERY = {OWN_DRAFT, OWN_PUBLISHED, OTHERS_DRAFT, OTHERS_PUBLISHED}
DRAFTS = {OWN_DRAFT, OTHERS_DRAFT}
MATRIX = [
    pytest.param("Note-takers", "see", {OWN_DRAFT, OWN_PUBLISHED}, id="note-taker-sees-own"),
    pytest.param("Note-takers", "save", {OWN_DRAFT}, id="note-taker-saves-own-drafts"),
    pytest.param("Note-takers", "delete", {OWN_DRAFT}, id="note-taker-deletes-own-drafts"),
    pytest.param("Note-takers", "publish", set(), id="note-taker-publishes-nothing"),
    pytest.param("Note-takers", "return", set(), id="note-taker-returns-nothing"),
    pytest.param("Note-takers", "submit", {OWN_DRAFT}, id="note-taker-submits-own-drafts"),
    pytest.param("Note-takers", "versions", {OWN_DRAFT, OWN_PUBLISHED}, id="note-taker-history"),
    pytest.param("Note-takers", "restore", {OWN_DRAFT}, id="note-taker-restores-own-drafts"),
    pytest.param("Curators", "see", EVERY, id="curator-sees-all"),
    pytest.param("Curators", "save", EVERY, id="curator-saves-all"),
    pytest.param("Curators", "delete", EVERY, id="curator-deletes-all"),
    pytest.param("Curators", "publish", DRAFTS, id="curator-publishes-drafts"),
    pytest.param("Curators", "return", EVERY - DRAFTS, id="curator-returns-published"),
    pytest.param("Curators", "submit", DRAFTS, id="curator-submits-drafts"),
    pytest.param("Curators", "versions", EVERY, id="curator-history"),
    pytest.param("Curators", "restore", EVERY, id="curator-restores-all"),
    pytest.param("Administrators", "save", EVERY, id="administrator-saves-all"),
    pytest.param("Administrators", "publish", DRAFTS, id="administrator-publishes"),
    pytest.param(None, "see", set(), id="without-role-sees-nothing"),
    pytest.param(None, "save", set(), id="without-role-saves-nothing"),
    pytest.param(None, "delete", set(), id="without-role-deletes-nothing"),
    pytest.param(None, "publish", set(), id="without-role-publishes-nothing"),
    pytest.param(None, "submit", set(), id="without-role-submits-nothing"),
    pytest.param(None, "versions", set(), id="without-role-history"),
    pytest.param(None, "restore", set(), id="without-role-restores-nothing"),
]


def _act(client, deed, recap):
    """Do it, as a browser would and as a forger would; return the answer."""
    if deed == "see":
        return client.get(_address(recap))
    if deed == "versions":
        return client.get(_address(recap, "versions"))
    if deed == "save":
        fields = {"body": "Saved.", "talk": recap.talk_id, "slug": recap.slug, "title": "New"}
        old_slugs = {"old_slugs-TOTAL_FORMS": 0, "old_slugs-INITIAL_FORMS": 0}
        started = {"started_from": recap.version, "status": recap.status}
        started["author"] = recap.author_id
        moment = {"published_at_0": "2017-01-01", "published_at_1": "12:00"}
        return client.post(_address(recap), {**fields, **old_slugs, **started, **moment})
    if deed == "delete":
        return client.post(_address(recap, "delete"), {"post": "yes"})
    if deed == "restore":
        started = {"started_from": recap.version}
        return client.post(_address(recap, "versions/1/restore"), started)
    action = {"publish": "publish", "return": "return_to_draft", "submit": "submit"}[deed]
    return client.post(LIST, {"action": action, "_selected_action": [recap.pk], "index": "0"})


@pytest.mark.parametrize(("role", "deed", "allowed"), MATRIX)
def test_who_may_do_what_with_whose_recap(client, role, deed, allowed):
    person = UserFactory(staff=True, role=role)
    client.force_login(person)
    recaps = [
        RecapFactory(draft=True, author=person),
        RecapFactory(author=person),
        RecapFactory(draft=True),
        RecapFactory(),
    ]
    before = [_state(recap) for recap in recaps]

    answers = [_act(client, deed, recap) for recap in recaps]

    if deed in {"see", "versions"}:
        done = {n for n, answer in enumerate(answers) if answer.status_code == 200}
    else:
        done = {n for n, recap in enumerate(recaps) if _state(recap) != before[n]}
    assert done == allowed
    assert {answer.status_code for answer in answers} <= {200, 302, 403, 404}


def _state(recap):
    columns = ("version", "body", "status", "published_at", "submitted_at", "deleted_at")
    return Recap.objects.values_list(*columns).get(pk=recap.pk)


def test_a_note_takers_list_has_their_own_alone(client, note_taker):
    own = [RecapFactory(author=note_taker), RecapFactory(author=note_taker, draft=True)]
    RecapFactory(title="Of another")
    RecapFactory(title="Draft of another", draft=True)
    RecapFactory(author=note_taker, binned=True)

    response = client.get(LIST)

    assert set(response.context_data["cl"].result_list) == set(own)
    actions = dict(response.context_data["action_form"].fields["action"].choices)
    assert set(actions) == {"", "delete_selected", "submit"}


def test_a_note_taker_adds_a_draft_of_their_own_whatever_the_form_says(client, note_taker):
    talk, other = TalkFactory(title="On tests"), UserFactory()
    forged = {**FORGED, "author": other.pk}

    response = save(client, f"{LIST}add/", body="Notes.", talk=talk.pk, **forged)

    recap = Recap.objects.get()
    assert response.status_code == 302
    assert (recap.author, recap.status, recap.published_at) == (note_taker, "draft", None)
    assert (recap.slug, recap.version, recap.body) == ("on-tests", 1, "Notes.")


def test_a_note_taker_cannot_publish_or_give_away_their_draft(client, note_taker):
    recap = RecapFactory(author=note_taker, draft=True)
    forged = {**FORGED, "author": UserFactory().pk}

    response = save(client, _address(recap), body="Else.", **forged)

    recap.refresh_from_db()
    assert response.status_code == 302
    assert (recap.author, recap.status, recap.published_at) == (note_taker, "draft", None)
    assert (recap.body, recap.version, recap.submitted_at) == ("Else.", 2, None)


def test_a_note_taker_saves_and_submits(client, note_taker):
    recap = RecapFactory(author=note_taker, draft=True)

    page = client.get(_address(recap)).content.decode()
    save(client, _address(recap), body="Done.", _submit="1")

    recap.refresh_from_db()
    assert ("_submit" in page, "_publish" in page) == (True, False)
    assert (recap.body, recap.status, recap.submitted_at is not None) == ("Done.", "draft", True)


def test_a_note_taker_whose_draft_was_published_meanwhile_gets_the_text_back(client, note_taker):
    recap = RecapFactory(author=note_taker, draft=True)
    fields = fields_of(client.get(_address(recap)))
    Recap.objects.update(status="published", published_at=dt.datetime(2017, 1, 1, tzinfo=dt.UTC))

    response = client.post(_address(recap), {**fields, "body": "What I <b>typed</b>."})

    assert response.status_code == 403
    assert "What I &lt;b&gt;typed&lt;/b&gt;.</textarea>" in response.content.decode()
    assert Recap.objects.get().body == "What was said."


@pytest.fixture
def curator(client):
    """A curator who is logged in."""
    person = UserFactory(staff=True, role="Curators")
    client.force_login(person)
    return person


def test_a_curator_saves_and_publishes_and_leaves_the_author(client, curator):
    recap = RecapFactory(draft=True)

    save(client, _address(recap), body="Better.", _publish="1", author=curator.pk)

    stored = Recap.objects.get()
    assert (stored.body, stored.status, stored.author) == ("Better.", "published", recap.author)
    assert stored.is_public


def test_an_open_editor_that_does_not_know_the_moment_does_not_move_it(client, curator):
    recap = RecapFactory()

    save(client, _address(recap), body="Better.", published_at_0="", published_at_1="")

    stored = Recap.objects.get()
    assert (stored.body, stored.published_at) == ("Better.", recap.published_at)


def test_publishing_says_the_numbers_and_writes_one_entry_each(client, curator):
    drafts = [RecapFactory(draft=True), RecapFactory(draft=True)]
    published = RecapFactory()
    chosen = {"_selected_action": [recap.pk for recap in [*drafts, published]], "index": "0"}

    first = client.post(LIST, {"action": "publish", **chosen}, follow=True)
    again = client.post(LIST, {"action": "publish", **chosen}, follow=True)

    said = [str(message) for page in (first, again) for message in page.context["messages"]]
    assert said == [
        "Published 2 recaps; 1 was so already.",
        "Published 0 recaps; 3 were so already.",
    ]
    entries = LogEntry.objects.filter(user=curator).values_list("object_id", flat=True)
    assert sorted(entries) == sorted(str(recap.pk) for recap in drafts)
    assert Recap.objects.published().count() == 3


def test_publishing_keeps_a_moment_to_come(client, curator):
    moment = dt.datetime(2199, 1, 1, tzinfo=dt.UTC)
    recap = RecapFactory(draft=True, published_at=moment)

    _act(client, "publish", recap)

    assert list(Recap.objects.scheduled()) == [recap]


def test_back_to_draft_asks_the_author_to_submit_again(client, curator):
    recap = RecapFactory(draft=True, submitted_at=dt.datetime(2017, 1, 1, tzinfo=dt.UTC))

    _act(client, "return", recap)

    assert list(Recap.objects.not_submitted()) == [recap]


def test_the_list_is_narrowed_to_a_state(client, curator):
    made = {
        "draft": RecapFactory(draft=True),
        "submitted": RecapFactory(draft=True, submitted_at=dt.datetime(2017, 1, 1, tzinfo=dt.UTC)),
        "scheduled": RecapFactory(scheduled=True),
        "published": RecapFactory(),
    }

    found = {
        state: list(client.get(LIST, {"state": state}).context_data["cl"].result_list)
        for state in made
    }

    assert found == {state: [recap] for state, recap in made.items()}
    html = client.get(LIST, {"state": "scheduled"}).content.decode()
    assert 'class="field-state">Scheduled' in html


def test_a_deactivated_note_taker_saves_nothing(client, note_taker):
    recap = RecapFactory(author=note_taker, draft=True)
    fields = fields_of(client.get(_address(recap)))
    type(note_taker).objects.update(is_staff=False)

    client.post(_address(recap), {**fields, "body": "Else."})

    assert Recap.objects.get().body == "What was said."
