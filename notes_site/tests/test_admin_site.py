"""Every page of the admin: it loads, searches, asks few queries, and survives odd requests."""

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from taggit.models import Tag as StockTag

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from recaps.models import Recap
from speakers.factories import SpeakerAliasFactory
from talks.factories import (
    RecordingFactory,
    TagAliasFactory,
    TagFactory,
    TalkFactory,
)
from talks.models import Talk
from tests.tools.admin_rows import REGISTRY, ROWS, a_talk, address

pytestmark = pytest.mark.django_db


QUERIES_AT_MOST = 15


@pytest.fixture(params=sorted(ROWS))
def label(request):
    """The label of each model of the admin in turn."""
    return request.param


def test_every_model_of_the_admin_is_tested_here():
    assert sorted(REGISTRY) == sorted(ROWS)


def test_django_taggits_own_tags_are_not_there():
    assert not admin.site.is_registered(StockTag)


def test_list_shows_its_rows_and_searches_them(admin_client, label):
    row = ROWS[label]()
    word = str(row).split(" ")[0].removeprefix("https://")

    listed = admin_client.get(address(label, "changelist"))
    found = admin_client.get(address(label, "changelist"), {"q": word[:30]})
    missed = admin_client.get(address(label, "changelist"), {"q": "no-such-word-anywhere"})

    assert row in listed.context_data["cl"].result_list
    assert found.status_code == 200
    assert list(missed.context_data["cl"].result_list) == []


@pytest.mark.parametrize("row_count", [1, 3])
def test_list_runs_the_same_few_queries(
    admin_client, label, row_count, django_assert_max_num_queries
):
    """The numbers are those of three rows, so that a query for each row would fail with them."""
    for _ in range(row_count):
        ROWS[label]()
    ContentType.objects.get_for_model(Talk)

    with django_assert_max_num_queries(LIST_QUERIES.get(label, 5)) as captured:
        admin_client.get(address(label, "changelist"))

    assert len(captured) <= QUERIES_AT_MOST


# Session, user, count and rows; what more a list needs is named here.
LIST_QUERIES = {
    "accounts.user": 5,
    "axes.accessattempt": 7,
    "axes.accesslog": 7,
    "conferences.conference": 6,
    "images.image": 6,
    "recaps.recap": 6,
    "talks.talk": 8,
}


def test_pages_of_one_row_run_few_queries(admin_client, label, django_assert_max_num_queries):
    row = ROWS[label]()

    with django_assert_max_num_queries(QUERIES_AT_MOST):
        response = admin_client.get(address(label, "change", row.pk))

    assert response.status_code == 200


def test_add_page_loads_where_rows_may_be_added(admin_client, label):
    model_admin = REGISTRY[label][1]
    response = admin_client.get(address(label, "add"))

    allowed = model_admin.has_add_permission(response.wsgi_request)
    assert response.status_code == (200 if allowed else 403)


def test_history_and_delete_pages_load(admin_client, label):
    row = ROWS[label]()
    model_admin = REGISTRY[label][1]

    history = admin_client.get(address(label, "history", row.pk))
    deletion = admin_client.get(address(label, "delete", row.pk))

    allowed = model_admin.has_delete_permission(deletion.wsgi_request, row)
    assert (history.status_code, deletion.status_code) == (200, 200 if allowed else 403)


def test_view_on_site_asks_for_permission(client):
    draft, public = RecapFactory(draft=True, title="Secret"), RecapFactory(title="Public")
    kind = ContentType.objects.get_for_model(Recap).pk
    stranger = UserFactory(staff=True, permissions=["talks.view_talk"])
    reviewer = UserFactory(staff=True, role="Curators")

    def lead(user, row, kind=kind):
        client.force_login(user)
        response = client.get(f"/admin/r/{kind}/{row.pk}/")
        return response.status_code, response.headers.get("Location")

    assert lead(reviewer, public) == (302, "/recaps/public/")
    assert lead(reviewer, draft) == lead(stranger, draft) == lead(stranger, public) == (404, None)
    assert lead(reviewer, public, kind="٣") == lead(reviewer, public, kind="9" * 30) == (404, None)
    assert lead(reviewer, public, kind="0") == (404, None)


def test_rows_link_to_their_page_unless_nobody_may_see_it(admin_client):
    def link(row, label):
        return admin_client.get(address(label, "change", row.pk)).context_data["absolute_url"]

    assert link(TalkFactory(title="T", conference__title="C"), "talks.talk") == "/conferences/c/t/"
    assert link(RecapFactory(title="R"), "recaps.recap") == "/recaps/r/"
    assert link(RecapFactory(draft=True), "recaps.recap") is None
    assert link(RecapFactory(scheduled=True), "recaps.recap") is None
    assert link(RecordingFactory(), "talks.recording") is None


def test_index_lists_the_rooms_in_the_order_of_their_use(admin_client):
    rooms = admin_client.get("/admin/").context_data["app_list"]

    assert [room["app_label"] for room in rooms] == [
        "recaps",
        "images",
        "talks",
        "conferences",
        "speakers",
        "accounts",
        "exchange",
    ]
    people = next(room for room in rooms if room["app_label"] == "accounts")
    assert [model["object_name"] for model in people["models"]] == [
        "AccessAttempt",
        "AccessLog",
        "Group",
        "User",
    ]
    assert admin_client.get("/admin/auth/").status_code == 200


def test_deleting_says_how_much_goes_and_names_only_some(
    admin_client, django_assert_max_num_queries
):
    tag = TagFactory(name="async")
    TagAliasFactory.create_batch(30, tag=tag)

    with django_assert_max_num_queries(QUERIES_AT_MOST):
        page = admin_client.get(f"/admin/talks/tag/{tag.pk}/delete/")

    assert dict(page.context_data["model_count"]) == {"tags": 1, "synonyms": 30}


@pytest.mark.parametrize("kind", ["talk", "conference", "speaker", "user"])
def test_deleting_never_takes_a_recap_along(admin_client, kind):
    talk = a_talk()
    recap = RecapFactory(talk=talk)
    label, row = {
        "talk": ("talks.talk", talk),
        "conference": ("conferences.conference", talk.conference),
        "speaker": ("speakers.speaker", talk.speakers.first()),
        "user": ("accounts.user", recap.author),
    }[kind]

    page = admin_client.post(address(label, "delete", row.pk), {"post": "yes"})

    assert page.context_data["protected"] != []
    assert type(row).objects.filter(pk=row.pk).exists()
    assert list(Recap.objects.all()) == [recap]


def test_names_of_what_protects_are_few(admin_client):
    conference = ConferenceFactory()
    for number in range(25):
        TalkFactory(title=f"T{number}", conference=conference)

    page = admin_client.get(address("conferences.conference", "delete", conference.pk))

    assert len(page.context_data["protected"]) == 1 + 21
    assert page.context_data["protected"][-1] == "… and 5 more"


def test_deleting_needs_the_permission_for_what_goes_along(client):
    speaker = SpeakerAliasFactory().speaker
    client.force_login(
        UserFactory(staff=True, permissions=["speakers.view_speaker", "speakers.delete_speaker"])
    )

    page = client.get(address("speakers.speaker", "delete", speaker.pk))
    status = client.post(
        address("speakers.speaker", "delete", speaker.pk), {"post": "yes"}
    ).status_code

    assert page.context_data["perms_lacking"] == {"other name"}
    assert status == 403


def test_a_few_rows_are_deleted_at_once_and_no_more(admin_client):
    TagFactory.create_batch(3)
    few = {"action": "delete_selected", "_selected_action": [1], "select_across": "1", "index": "0"}
    question = admin_client.post("/admin/talks/tag/", few)
    TagFactory.create_batch(198)
    refused = admin_client.post("/admin/talks/tag/", few)

    assert question.status_code == 200
    assert (refused.status_code, refused.url) == (302, "/admin/talks/tag/")
    admin_client.post("/admin/talks/tag/", {**few, "post": "yes"})
    assert type(TagFactory()).objects.count() == 202


def test_an_emptied_selection_is_deleted_without_a_fault(admin_client):
    tag = TagFactory()
    tag_id, _ = tag.pk, tag.delete()

    fields = {"action": "delete_selected", "_selected_action": [tag_id], "post": "yes"}

    assert admin_client.post("/admin/talks/tag/", fields).status_code == 302


def test_choices_name_what_they_are_by(client):
    TalkFactory(title="Keynote", conference__title="Harbour Conf")
    client.force_login(UserFactory(staff=True, permissions=["talks.view_talk"]))
    search = "/admin/autocomplete/?app_label=recaps&model_name=recap&field_name=talk&term="

    found = client.get(f"{search}keyn").json()["results"]

    assert [choice["text"] for choice in found] == [
        "Keynote · Harbour Conf · 2017-04-03 · harbour-conf"
    ]
    client.force_login(UserFactory(staff=True, permissions=["recaps.view_recap"]))
    assert client.get(f"{search}keyn").status_code == 403


def test_admin_keeps_the_policy(admin_client):
    """No inline script or style: the site's policy would silence them."""
    talk = a_talk()
    for page in [
        "/admin/",
        "/admin/talks/talk/",
        "/admin/talks/talk/add/",
        f"/admin/talks/talk/{talk.pk}/change/",
        "/admin/recaps/recap/add/",
    ]:
        response = admin_client.get(page)
        text = response.content.decode()

        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
        assert "<style" not in text
        assert ' style="' not in text
        assert " onclick=" not in text
        assert all(
            "src=" in part.split(">")[0]
            for part in text.split("<script")[1:]
            if "json" not in part.split(">")[0]
        )
