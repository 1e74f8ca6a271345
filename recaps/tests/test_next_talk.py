"""Save and go on: the next talk without notes, in the order of the programme."""

import datetime as dt

import pytest

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from recaps.models import Recap
from talks.factories import TalkFactory
from talks.models import Talk
from tests.tools.admin_form import errors_of, fields_of, save
from tests.tools.pages import elements

pytestmark = pytest.mark.django_db
ADD = "/admin/recaps/recap/add/"
DAY = dt.date(2017, 4, 3)


@pytest.fixture
def note_taker(client):
    """A note-taker who is signed in."""
    person = UserFactory(staff=True, role="Note-takers")
    client.force_login(person)
    return person


@pytest.fixture
def programme():
    """The talks of a conference, in the order of its programme: two days, and one without."""
    conference = ConferenceFactory(title="Harbour Conf")

    def at(hour, day=DAY, **fields):
        starts_at = dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC) if hour else None
        return TalkFactory(conference=conference, given_on=day, starts_at=starts_at, **fields)

    undated = TalkFactory(conference=conference, undated=True)
    second_day = at(9, DAY + dt.timedelta(days=1))
    untimed = [at(None), at(None)]
    at(9, is_cancelled=True)
    TalkFactory(given_on=DAY)
    timed = [at(9), at(9), at(10)]
    return [*timed, *untimed, second_day, undated]


def test_what_comes_after_a_talk_is_what_stands_below_it(programme):
    talks = Talk.objects.of_conference(programme[0].conference_id).taking_place()

    for place, talk in enumerate(programme):
        below = list(talks.after(talk).in_programme_order())
        assert below == programme[place + 1 :]
    assert list(talks.in_programme_order()) == programme


def go_on(client, address, **fields):
    """Save and go on; return where that leads, and what is said there."""
    response = save(client, address, **{"body": "Notes.", "_next": "1", **fields})
    assert response.status_code == 302, errors_of(response)
    said = client.get(response["Location"]).context["messages"]
    return response["Location"], [str(message) for message in said]


def test_one_goes_through_the_programme_and_round_to_its_beginning(client, note_taker, programme):
    RecapFactory(talk=programme[0])
    RecapFactory(talk=programme[0], author=note_taker, draft=True, binned=True)
    RecapFactory(talk=programme[2], author=note_taker)
    address, visited = f"{ADD}?talk={programme[1].pk}", []

    while address.startswith(ADD):
        visited.append(address.removeprefix(f"{ADD}?talk="))
        address, said = go_on(client, address)

    order = [programme[place] for place in (1, 3, 4, 5, 6, 0)]
    assert visited == [str(talk.pk) for talk in order]
    last = Recap.objects.get(talk=programme[0], author=note_taker, deleted_at=None)
    assert address == f"/admin/recaps/recap/{last.pk}/change/"
    assert said[-1] == "You have notes on every talk of Harbour Conf."


def test_going_on_from_a_recap_that_is_there(client, programme):
    client.force_login(UserFactory(staff=True, role="Curators"))
    anothers = RecapFactory(talk=programme[0], draft=True)

    address, said = go_on(client, f"/admin/recaps/recap/{anothers.pk}/change/")

    assert address == f"{ADD}?talk={programme[1].pk}"
    assert len(said) == 1
    assert Recap.objects.get().body == "Notes."


def test_the_editors_scripts_are_told_where_to_go_and_the_next_page_says_the_rest(
    client, note_taker
):
    talk = TalkFactory(conference__title="Harbour Conf")
    fields = {**fields_of(client.get(f"{ADD}?talk={talk.pk}")), "body": "Notes.", "_next": "1"}

    answer = client.post(ADD, fields, headers={"accept": "application/json"}).json()

    recap = Recap.objects.get()
    assert answer["next"] == f"/admin/recaps/recap/{recap.pk}/change/"
    said = [str(message) for message in client.get(answer["next"]).context["messages"]]
    assert said[-1] == "You have notes on every talk of Harbour Conf."


def test_a_form_with_an_error_goes_nowhere(client, note_taker, programme):
    response = save(client, f"{ADD}?talk={programme[0].pk}", talk="", _next="1")

    assert response.status_code == 200
    assert Recap.objects.count() == 0


def test_the_button_stands_where_there_is_a_next_talk(client, note_taker):
    talks = RecapFactory(author=note_taker, draft=True)
    conference = ConferenceFactory()
    conferences = RecapFactory(author=note_taker, draft=True, talk=None, conference=conference)
    published = RecapFactory(author=note_taker)

    def offered(address):
        return len(elements(client.get(address), "input", name="_next"))

    change = "/admin/recaps/recap/{}/change/"
    assert [offered(ADD), offered(change.format(talks.pk))] == [1, 1]
    assert offered(f"{ADD}?conference={conference.pk}") == 0
    assert offered(change.format(conferences.pk)) == 0
    assert offered(change.format(published.pk)) == 0


def test_a_conferences_recap_is_saved_as_ever(client, note_taker):
    conference = ConferenceFactory()

    response = save(client, ADD, conference=conference.pk, title="T", body="B.", _next="1")

    assert (response.status_code, response["Location"]) == (302, "/admin/recaps/recap/")
