"""What a new recap begins with, and that nobody hands on a text in which nothing was written."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.factories import UserFactory
from recaps.factories import RecapFactory
from recaps.models import Recap, StartText
from recaps.start_texts import is_untouched, start_text
from talks.factories import TalkFactory
from tests.tools.admin_form import errors_of, fields_of, save

pytestmark = pytest.mark.django_db
LIST = "/admin/recaps/recap/"
ADD = f"{LIST}add/"
TEXTS = "/admin/recaps/starttext/"
NOTHING = "Nothing is written here yet: this is the text that every recap begins with."


@pytest.fixture
def texts():
    """Start texts of the site's own."""
    for kind, body in {"talk": "## Said\n\n1.\n\n## Links", "conference": "## Felt"}.items():
        StartText.objects.update_or_create(kind=kind, defaults={"body": body})


@pytest.fixture
def curator(client):
    """A curator who is signed in."""
    person = UserFactory(staff=True, role="Curators")
    client.force_login(person)
    return person


@pytest.mark.parametrize(
    ("query", "begins_with"),
    [
        pytest.param("", "## Said", id="nothing-known"),
        pytest.param("?talk=1", "## Said", id="talk"),
        pytest.param("?conference=1", "## Felt", id="conference"),
        pytest.param("?conference=x", "## Said", id="odd"),
        pytest.param("?conference=1&body=Mine", "Mine", id="a-text-of-its-own"),
    ],
)
def test_a_new_recap_begins_with_the_text_of_its_kind(client, curator, texts, query, begins_with):
    body = fields_of(client.get(f"{ADD}{query}"))["body"]

    assert body.split("\n")[0] == begins_with


def test_both_kinds_have_a_text_from_the_beginning():
    StartText.objects.all().delete()
    migration = import_module("recaps.migrations.0005_start_texts")
    migration.write_first_texts(apps, connection.schema_editor())

    headings = [line for line in start_text("talk").splitlines() if line.startswith("## ")]

    assert headings == [
        "## What was it about?",
        "## Three things to take home",
        "## Open questions",
        "## Links",
    ]
    assert start_text("conference").startswith("## What was it like?")


def test_without_a_row_a_recap_begins_with_nothing(texts):
    StartText.objects.filter(kind="talk").delete()

    assert (start_text("talk"), start_text("conference")) == ("", "## Felt")


@pytest.mark.parametrize(
    ("body", "untouched"),
    [
        pytest.param("## Said\n\n1.\n\n## Links", True, id="as-it-is"),
        pytest.param("\r\n## Said  \r\n1. \r\n\r\n\r\n## Links\r\n", True, id="other-space"),
        pytest.param("## Felt", True, id="of-the-other-kind"),
        pytest.param("## Said\n\n1. Tests\n\n## Links", False, id="written-in"),
        pytest.param("## Said", False, id="shortened"),
        pytest.param(" ", False, id="emptied"),
    ],
)
def test_a_text_is_untouched_while_it_says_nothing_else(texts, body, untouched):
    assert is_untouched(body) is untouched


def test_an_emptied_start_text_stands_in_nobodys_way(texts):
    StartText.objects.update(body="")

    assert not is_untouched("")


@pytest.mark.parametrize(
    ("role", "sent"),
    [
        pytest.param("Note-takers", {"_submit": "1"}, id="submit"),
        pytest.param("Curators", {"_publish": "1"}, id="publish"),
        pytest.param("Curators", {"status": "published"}, id="status"),
    ],
)
def test_an_untouched_text_is_saved_but_not_handed_on(client, texts, role, sent):
    client.force_login(UserFactory(staff=True, role=role))
    talk = TalkFactory()

    saved = save(client, f"{ADD}?talk={talk.pk}", talk=talk.pk)
    recap = Recap.objects.get()
    refused = save(client, f"{LIST}{recap.pk}/change/", **sent)

    assert saved.status_code == 302
    assert errors_of(refused) == {"body": [NOTHING]}
    assert list(Recap.objects.not_submitted()) == [recap]
    written = save(client, f"{LIST}{recap.pk}/change/", body="## Said\n\n1. Tests", **sent)
    assert written.status_code == 302
    assert list(Recap.objects.not_submitted()) == []


@pytest.mark.parametrize("action", ["publish", "submit"])
def test_an_untouched_text_among_others_stops_the_action(client, curator, texts, action):
    untouched = RecapFactory(draft=True, title="Begun", body="## Felt")
    RecapFactory(draft=True)
    chosen = [recap.pk for recap in Recap.objects.all()]

    page = client.post(LIST, {"action": action, "_selected_action": chosen}, follow=True)

    assert [str(message) for message in page.context["messages"]] == [
        "“Begun” is still the text that every recap begins with: write it first."
    ]
    assert Recap.objects.not_submitted().count() == 2
    assert untouched in Recap.objects.drafts()


def test_no_program_publishes_an_untouched_text(texts):
    with pytest.raises(ValidationError):
        RecapFactory(body="## Said\n\n1.\n\n## Links")

    assert Recap.objects.count() == 0


def test_a_curator_changes_a_start_text(client, curator, texts):
    rows = list(client.get(TEXTS).context_data["cl"].result_list)

    save(client, f"{TEXTS}{rows[0].pk}/change/", body="## Ours", kind="conference")

    assert [row.kind for row in rows] == ["talk", "conference"]
    assert fields_of(client.get(f"{ADD}?talk=1"))["body"] == "## Ours"
    assert start_text("conference") != "## Ours"
    assert client.get(f"{TEXTS}add/").status_code == 403
    assert client.post(f"{TEXTS}{rows[0].pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_note_taker_does_not_change_start_texts(client, texts):
    client.force_login(UserFactory(staff=True, role="Note-takers"))
    row = StartText.objects.get(kind="talk")

    answers = [client.get(TEXTS), client.post(f"{TEXTS}{row.pk}/change/", {"body": "Mine"})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert StartText.objects.get(kind="talk").body == row.body
