"""Where public pages lead those who may write, and that the pages do not know who reads."""

import pytest

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from talks.factories import TalkFactory

pytestmark = pytest.mark.django_db
TALK = "/conferences/conf/tests/"
JSON = {"accept": "application/json"}


@pytest.fixture
def talk():
    return TalkFactory(title="Tests", slug="tests", conference__slug="conf")


def ways(client, path):
    answer = client.get("/admin/ways/", {"at": path}, headers=JSON)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    return [(way["words"], way["href"], way["at"]) for way in answer.json()["ways"]]


def signed_in(client, role):
    person = UserFactory(staff=True, role=role)
    client.force_login(person)
    return person


def test_a_note_taker_writes_about_a_talk_and_edits_nothing_that_is_published(client, talk):
    signed_in(client, "Note-takers")
    RecapFactory(talk=talk)

    assert ways(client, TALK) == [("Write a recap", f"/admin/recaps/recap/add/?talk={talk.pk}", "")]


def test_who_has_a_draft_goes_on_with_it_and_who_published_one_writes_no_second(client, talk):
    person = signed_in(client, "Note-takers")
    draft = RecapFactory(talk=talk, author=person, draft=True)
    other = TalkFactory(title="Other", slug="other", conference=talk.conference)
    RecapFactory(talk=other, author=person)

    assert ways(client, TALK) == [
        ("Go on with your recap", f"/admin/recaps/recap/{draft.pk}/change/", "")
    ]
    assert ways(client, "/conferences/conf/other/") == []


def test_a_curator_edits_what_the_page_shows(client, talk):
    signed_in(client, "Curators")
    recap = RecapFactory(talk=talk, slug="notes")
    RecapFactory(talk=talk, draft=True)
    RecapFactory(talk=talk, scheduled=True)

    assert ways(client, TALK) == [
        ("Write a recap", f"/admin/recaps/recap/add/?talk={talk.pk}", ""),
        ("Edit this talk", f"/admin/talks/talk/{talk.pk}/change/", ""),
        ("Edit", f"/admin/recaps/recap/{recap.pk}/change/", "recap-notes"),
    ]
    assert ways(client, "/recaps/notes/") == [
        ("Edit", f"/admin/recaps/recap/{recap.pk}/change/", "recap-notes")
    ]


def test_a_conference_leads_to_its_form_and_to_a_recap_of_it(client):
    conference = ConferenceFactory(slug="日本")
    signed_in(client, "Curators")

    assert ways(client, "/conferences/%E6%97%A5%E6%9C%AC/") == [
        ("Write a recap", f"/admin/recaps/recap/add/?conference={conference.pk}", ""),
        ("Edit this conference", f"/admin/conferences/conference/{conference.pk}/change/", ""),
    ]


def test_every_way_leads_to_a_form(client, talk):
    signed_in(client, "Curators")
    RecapFactory(talk=talk)
    paths = [TALK, "/conferences/conf/"]

    answers = [client.get(href) for path in paths for _words, href, _at in ways(client, path)]

    assert [answer.status_code for answer in answers] == [200] * 5


@pytest.mark.parametrize(
    "path", ["", "/", "/tags/", "/no/such/page/", "/conferences/none/none/", "/recaps/none/", "%00"]
)
def test_other_pages_lead_nowhere(client, path):
    signed_in(client, "Curators")

    assert ways(client, path) == []


def test_who_is_not_signed_in_is_told_so_and_learns_nothing(client, talk):
    answer = client.get("/admin/ways/", {"at": TALK}, headers=JSON)

    assert (answer.status_code, answer.json()) == (401, {"signed_out": True})


def test_staff_without_rights_have_no_ways(client, talk):
    client.force_login(UserFactory(staff=True))
    RecapFactory(talk=talk)

    assert ways(client, TALK) == []


@pytest.mark.parametrize("recaps", [1, 3])
def test_ways_cost_the_same_however_many_recaps(client, talk, recaps, django_assert_num_queries):
    signed_in(client, "Curators")
    for _ in range(recaps):
        RecapFactory(talk=talk)
    ways(client, TALK)

    # Session, person, two of rights, talk, one's own recap, the published ones.
    with django_assert_num_queries(7):
        ways(client, TALK)


@pytest.mark.parametrize("path", [TALK, "/conferences/conf/", "/recaps/notes/"])
def test_the_page_is_the_same_for_all(client, talk, path):
    RecapFactory(talk=talk, slug="notes")
    anonymous = client.get(path).content
    signed_in(client, "Curators")

    assert client.get(path).content == anonymous
