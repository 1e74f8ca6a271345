"""What the page after a save says, for each button and each state that a recap can come to."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.factories import UserFactory
from recaps.factories import RecapFactory
from recaps.models import Recap
from talks.factories import TalkFactory
from tests.tools.admin_form import fields_of, save

pytestmark = pytest.mark.django_db
ADD = "/admin/recaps/recap/add/"
SUBMITTED = "It is submitted: somebody who may publish it will see to it."
PUBLISHED = "It is published: readers see it now."
DRAFT = "It is a draft again: readers do not see it."
BUTTONS = ["_save", "_continue", "_addanother", "_next"]
LATER = {"published_at_0": "2190-05-06", "published_at_1": "07:08:00"}
SCHEDULED = "It is scheduled: readers will see it from "


def said_after(client, address, **sent):
    """Return what the next page says, but what Django says of every save."""
    response = save(client, address, **sent)
    assert response.status_code == 302, response.context_data["adminform"].form.errors
    said = [str(one) for one in client.get(response["Location"]).context["messages"]]
    return [text for text in said if "successfully" not in text and "notes on every" not in text]


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.parametrize(
    ("role", "sent", "expected"),
    [
        *[pytest.param("Note-takers", {button: "1"}, [], id=button) for button in BUTTONS],
        pytest.param("Note-takers", {"_submit": "1"}, [SUBMITTED], id="submit"),
        pytest.param("Curators", {"_publish": "1"}, [PUBLISHED], id="publish"),
        pytest.param("Curators", {"status": "published", "_next": "1"}, [PUBLISHED], id="status"),
        pytest.param("Curators", {"_publish": "1", **LATER}, [SCHEDULED], id="later"),
    ],
)
def test_each_button_says_what_it_did(client, role, sent, expected, is_new):
    person = UserFactory(staff=True, role=role)
    client.force_login(person)
    talk = TalkFactory()
    if is_new:
        said = said_after(client, f"{ADD}?talk={talk.pk}", talk=talk.pk, body="Notes.", **sent)
    else:
        recap = RecapFactory(author=person, talk=talk, draft=True)
        said = said_after(client, f"/admin/recaps/recap/{recap.pk}/change/", **sent)

    assert [text[: len(SCHEDULED)] if "scheduled" in text else text for text in said] == expected


def test_a_save_that_changes_no_state_says_nothing_more(client):
    client.force_login(UserFactory(staff=True, role="Curators"))
    address = "/admin/recaps/recap/{}/change/"
    published = RecapFactory()
    submitted = RecapFactory(draft=True, submitted_at=timezone.now())

    assert said_after(client, address.format(published.pk), body="More.") == []
    assert said_after(client, address.format(submitted.pk), body="More.") == []


def test_ways_back_and_other_moments_are_said(client):
    client.force_login(UserFactory(staff=True, role="Curators"))
    recap = RecapFactory(published_at=timezone.now() + dt.timedelta(days=9))
    address = f"/admin/recaps/recap/{recap.pk}/change/"

    moved = said_after(client, address, **LATER)
    taken_back = said_after(client, address, status="draft")

    assert [text.startswith(SCHEDULED) and "2190" in text for text in moved] == [True]
    assert taken_back == [DRAFT]


def test_the_editors_scripts_are_told(client):
    client.force_login(UserFactory(staff=True, role="Curators"))
    recap = RecapFactory(draft=True)
    page = client.get(f"/admin/recaps/recap/{recap.pk}/change/")
    sent = {**fields_of(page), "status": "published", "_continue": "1"}
    answer = client.post(page.request["PATH_INFO"], sent, headers={"accept": "application/json"})

    assert answer.json()["said"] == [PUBLISHED]
    assert Recap.objects.get().is_public
