"""Recaps in the admin: written through the verb, published now or later."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from recaps.models import Recap
from talks.factories import TagFactory, TalkFactory
from talks.models import Tag
from tests.tools.admin_form import errors_of, fields_of, save

pytestmark = pytest.mark.django_db

ADD = "/admin/recaps/recap/add/"
NOTE_TAKER = ["recaps.view_recap", "recaps.add_recap", "recaps.change_recap", "talks.view_talk"]

EDITOR = [*NOTE_TAKER, "recaps.publish_recap"]


def change(recap):
    return f"/admin/recaps/recap/{recap.pk}/change/"


def test_a_recap_is_written_by_whoever_adds_it(admin_client):
    talk = TalkFactory()

    response = save(admin_client, ADD, talk=talk.pk, title="What I heard", body="So *that*.")

    assert response.status_code == 302, errors_of(response)
    recap = Recap.objects.get()
    assert (recap.author.username, recap.slug, recap.status) == ("admin", "what-i-heard", "draft")
    assert "<em>that</em>" in recap.body_html
    assert recap.published_at is None


def test_a_note_taker_is_the_author_and_chooses_no_other(client):
    note_taker, other, talk = (
        UserFactory(staff=True, permissions=NOTE_TAKER),
        UserFactory(),
        TalkFactory(),
    )
    client.force_login(note_taker)

    response = save(client, ADD, talk=talk.pk, title="T", author=other.pk)

    assert response.status_code == 302, errors_of(response)
    assert Recap.objects.get().author == note_taker


def test_an_editor_leaves_the_author_as_it_is(client):
    recap = RecapFactory()
    client.force_login(UserFactory(staff=True, permissions=EDITOR))

    save(client, change(recap), title="Edited")

    assert Recap.objects.get().author == recap.author


def test_who_publishes_without_a_moment_publishes_now(admin_client):
    recap = RecapFactory(draft=True)
    before = timezone.now()

    save(admin_client, change(recap), status="published")

    recap.refresh_from_db()
    assert before <= recap.published_at <= timezone.now()
    assert list(Recap.objects.published()) == [recap]


def test_a_moment_to_come_schedules(admin_client):
    recap = RecapFactory(draft=True)

    save(
        admin_client,
        change(recap),
        status="published",
        published_at_0="2199-01-01",
        published_at_1="12:00",
    )

    recap.refresh_from_db()
    assert recap.published_at == dt.datetime(2199, 1, 1, 12, tzinfo=dt.UTC)
    assert list(Recap.objects.published()) == []


def test_an_edit_keeps_the_moment_of_publication(admin_client):
    recap = RecapFactory()

    save(admin_client, change(recap), body="Edited.")

    edited = Recap.objects.get()
    assert edited.published_at == recap.published_at
    assert "Edited." in edited.body_html


def test_a_changed_address_goes_on_working(admin_client):
    recap = RecapFactory(slug="old")

    save(admin_client, change(recap), slug="newer", title="Newer")

    recap.refresh_from_db()
    assert (recap.slug, recap.title) == ("newer", "Newer")
    assert list(Recap.objects.at_old_address("old")) == [recap]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        pytest.param(
            {"talk": ""},
            {"__all__": ["A recap is about one talk or about one conference."]},
            id="about-nothing",
        ),
        pytest.param(
            {"conference": "conference"},
            {"__all__": ["A recap is about one talk or about one conference."]},
            id="about-both",
        ),
        pytest.param(
            {"tags": "async"},
            {"tags": ["A talk's recap shows its talk's tags: add them to the talk."]},
            id="tags-of-a-talks-recap",
        ),
        pytest.param(
            {"status": "published", "published_at_0": "2017-02-30", "published_at_1": "1:00"},
            {"published_at": ["Enter a valid date."]},
            id="no-such-day",
        ),
        pytest.param(
            {"body": "x" * 200_001},
            {"body": ["Ensure this value has at most 200000 characters (it has 200001)."]},
            id="long-text",
        ),
    ],
)
def test_what_the_form_refuses(admin_client, fields, errors):
    ids = {"conference": ConferenceFactory().pk}
    fields = {name: ids.get(value, value) for name, value in fields.items()}

    response = save(
        admin_client, ADD, **{"talk": TalkFactory().pk, "title": "T", "body": "B.", **fields}
    )

    assert response.status_code == 200
    assert errors_of(response) == errors
    assert Recap.objects.count() == 0


def test_a_conferences_recap_has_tags_of_its_own(admin_client):
    conference = ConferenceFactory()

    save(admin_client, ADD, conference=conference.pk, title="T", tags="Async, community")

    assert {tag.name for tag in Recap.objects.get().tags.all()} == {"Async", "community"}


def test_new_tags_need_the_permission_to_add_tags(client):
    recap = RecapFactory(talk=None, conference=ConferenceFactory(), tags=[TagFactory(name="async")])
    client.force_login(UserFactory(staff=True, permissions=EDITOR))

    response = save(client, change(recap), tags="async, brand new")

    assert errors_of(response) == {
        "tags": ["There is no tag “brand new”, and new ones cannot be made here."]
    }
    assert Tag.objects.count() == 1


def test_the_rendered_text_is_shown_as_text_and_cannot_be_sent(admin_client):
    recap = RecapFactory(body="So *that*.")

    page = admin_client.get(change(recap))
    save(admin_client, change(recap), body_html="<script>alert(1)</script>")

    recap.refresh_from_db()
    assert "&lt;em&gt;that&lt;/em&gt;" in page.content.decode()
    assert "body_html" not in fields_of(page)
    assert "<script" not in recap.body_html


def test_list_tells_what_each_is_about(admin_client):
    conference = ConferenceFactory(title="Harbour")
    RecapFactory(talk__title="Keynote")
    RecapFactory(talk=None, conference=conference)

    text = admin_client.get("/admin/recaps/recap/").content.decode()

    assert ">Keynote<" in text
    assert ">Harbour<" in text


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        pytest.param("?state=draft", {"Draft"}, id="drafts"),
        pytest.param("?conference__id__exact={conference}", {"Whole"}, id="conference"),
        pytest.param("?author__id__exact={author}", {"Draft"}, id="author"),
        pytest.param("?author__named=bea", {"Draft"}, id="author-by-name"),
        pytest.param("?q=keynote", {"Draft"}, id="search-talk"),
        pytest.param("?q=harbour", {"Whole"}, id="search-conference"),
    ],
)
def test_filters_and_search(admin_client, query, titles):
    bea, conference = UserFactory(public_name="Bea"), ConferenceFactory(title="Harbour")
    RecapFactory(title="Draft", draft=True, author=bea, talk__title="Keynote")
    RecapFactory(title="Whole", talk=None, conference=conference)

    response = admin_client.get(
        "/admin/recaps/recap/" + query.format(author=bea.pk, conference=conference.pk)
    )

    assert {recap.title for recap in response.context_data["cl"].result_list} == titles


@pytest.mark.parametrize(
    "permissions", [["talks.view_talk"], ["recaps.add_recap"]], ids=["none", "add-only"]
)
def test_drafts_are_for_those_who_may_see_recaps(client, permissions):
    recap = RecapFactory(draft=True, title="Secret draft")
    client.force_login(UserFactory(staff=True, permissions=permissions))

    answers = [
        client.get(address, follow=True)
        for address in (
            "/admin/recaps/recap/",
            change(recap),
            change(recap).replace("change", "history"),
            change(recap).replace("change", "delete"),
            f"/admin/talks/talk/{recap.talk.pk}/delete/",
        )
    ]

    # Where a row is none of theirs, the admin leads to its front page and says there is none.
    assert {answer.status_code for answer in answers} == {200, 403}
    assert not any("Secret draft" in answer.content.decode() for answer in answers)


def test_more_recaps_than_can_be_changed_at_once_are_left_alone(admin_client, monkeypatch):
    monkeypatch.setattr("recaps.admin.actions.MOST_AT_ONCE", 1)
    recaps = [RecapFactory(draft=True), RecapFactory(draft=True)]
    chosen = {"action": "publish", "_selected_action": [recap.pk for recap in recaps]}

    page = admin_client.post("/admin/recaps/recap/", chosen, follow=True)

    assert [str(message) for message in page.context["messages"]] == [
        "At most 1 recaps are changed at once. Nothing was changed."
    ]
    assert Recap.objects.drafts().count() == 2


@pytest.mark.parametrize(
    ("subject", "is_shown"), [("talk", False), ("conference", True), (None, True)]
)
def test_tags_are_on_the_form_where_it_takes_them(admin_client, subject, is_shown):
    talk = TalkFactory()
    rows = {"talk": talk, "conference": talk.conference}
    asked = {subject: rows[subject].pk} if subject else {}
    add = admin_client.get(f"{ADD}", asked).content.decode()
    shown = ['name="tags"' in add]
    if subject:
        recap = RecapFactory(**{"talk": None, subject: rows[subject]})
        change = admin_client.get(f"/admin/recaps/recap/{recap.pk}/change/").content.decode()
        shown.append('name="tags"' in change)

    assert set(shown) == {is_shown}


def test_tags_that_a_talks_recap_was_sent_come_back_with_what_is_wrong(admin_client):
    recap = RecapFactory()
    address = f"/admin/recaps/recap/{recap.pk}/change/"
    fields = fields_of(admin_client.get(address))
    html = admin_client.post(address, {**fields, "tags": "docker"}).content.decode()

    assert "A talk&#x27;s recap shows its talk&#x27;s tags" in html
    assert 'value="docker"' in html
