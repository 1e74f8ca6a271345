"""The bin: what is deleted lies there for 30 days and comes back whole."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from recaps.models import OldRecapSlug, Recap, RecapVersion
from talks.factories import TagFactory
from talks.models import Talk

pytestmark = pytest.mark.django_db
BIN = "/admin/recaps/recap/bin/"


def _delete(client, recap):
    return client.post(f"/admin/recaps/recap/{recap.pk}/delete/", {"post": "yes"})


def _take_back(client, recap):
    return client.post(f"/admin/recaps/recap/{recap.pk}/take-from-bin/")


def _whole(recap):
    row = Recap.objects.filter(pk=recap.pk).values().get()
    del row["version"]
    return row, list(recap.tags.names()), list(recap.old_slugs.values_list("slug", flat=True))


def test_a_deleted_recap_comes_back_whole(client, admin_client):
    conference = ConferenceFactory()
    recap = RecapFactory(talk=None, conference=conference, slug="s", tags=[TagFactory(name="a")])
    OldRecapSlug.objects.create(slug="before", recap=recap)
    before = _whole(recap)

    _delete(admin_client, recap)
    gone = [client.get(page).status_code for page in ("/recaps/s/", "/recaps/before/")]
    listed = list(admin_client.get("/admin/recaps/recap/").context_data["cl"].result_list)
    in_bin = [row for row, _may in admin_client.get(BIN).context_data["rows"]]
    _take_back(admin_client, recap)

    assert (gone, listed, in_bin) == ([404, 404], [], [recap])
    assert _whole(recap) == before
    assert client.get("/recaps/s/").status_code == 200
    assert admin_client.get(BIN).context_data["rows"] == []


def test_many_are_deleted_at_once_into_the_bin(admin_client):
    recaps = [RecapFactory(), RecapFactory(draft=True)]
    chosen = {"_selected_action": [recap.pk for recap in recaps], "index": "0"}

    admin_client.post("/admin/recaps/recap/", {"action": "delete_selected", "post": "1", **chosen})

    assert set(Recap.objects.in_bin()) == set(recaps)


def test_an_address_in_the_bin_stays_taken(admin_client):
    _delete(admin_client, RecapFactory(title="Notes", slug="notes"))

    assert RecapFactory(title="Notes", slug="").slug == "notes-2"


def test_what_is_in_the_bin_is_shown_but_not_offered_for_change(admin_client):
    recap = RecapFactory(binned=True)

    page = admin_client.get(f"/admin/recaps/recap/{recap.pk}/change/")

    html = page.content.decode()
    assert ("This recap is in the bin." in html, 'name="_save"' in html) == (True, False)


def test_a_talk_in_whose_stead_a_recap_lies_in_the_bin_counts_as_without(admin_client):
    recap = RecapFactory(binned=True)

    assert list(Talk.objects.without_recap_known_to(recap.author)) == [recap.talk]


def test_a_talk_is_not_deleted_while_its_recap_is_in_the_bin(admin_client):
    talk = RecapFactory(binned=True).talk

    admin_client.post(f"/admin/talks/talk/{talk.pk}/delete/", {"post": "yes"})

    assert Recap.objects.count() == 1


def test_a_note_taker_has_a_bin_of_their_own(client):
    person = UserFactory(staff=True, role="Note-takers")
    own = RecapFactory(author=person, draft=True, binned=True)
    published = RecapFactory(author=person, binned=True)
    others = RecapFactory(draft=True, binned=True, title="Secret")
    client.force_login(person)

    rows = dict(client.get(BIN).context_data["rows"])
    statuses = [_take_back(client, recap).status_code for recap in (own, published, others)]

    assert rows == {own: True, published: False}
    assert statuses == [302, 403, 404]
    assert list(Recap.objects.kept()) == [own]


def test_taking_back_what_is_not_in_the_bin_is_refused(admin_client):
    recap = RecapFactory()

    assert _take_back(admin_client, recap).status_code == 403
    assert admin_client.get(f"/admin/recaps/recap/{recap.pk}/take-from-bin/").status_code == 405


def test_without_the_right_to_see_recaps_there_is_no_bin(client):
    client.force_login(UserFactory(staff=True))

    assert client.get(BIN).status_code == 403


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_bin_runs_three_queries(admin_client, django_assert_num_queries, row_count):
    for _ in range(row_count):
        RecapFactory(binned=True, title="", slug="")

    with django_assert_num_queries(3):
        rows = admin_client.get(BIN).context_data["rows"]

    assert len(rows) == row_count


def test_emptying_the_bin_deletes_what_is_older_than_thirty_days(capsys):
    now = timezone.now()
    old = RecapFactory(deleted_at=now - dt.timedelta(days=30, minutes=1))
    OldRecapSlug.objects.create(slug="before", recap=old)
    young = RecapFactory(deleted_at=now - dt.timedelta(days=29, hours=23))
    kept = RecapFactory()

    call_command("empty_bin")
    call_command("empty_bin")

    nothing_open = "Forgot 0 closed editors.\n"
    assert capsys.readouterr().out == (
        f"Deleted 1 recaps for good. {nothing_open}Deleted 0 recaps for good. {nothing_open}"
    )
    assert set(Recap.objects.all()) == {young, kept}
    assert RecapVersion.objects.count() == 2
