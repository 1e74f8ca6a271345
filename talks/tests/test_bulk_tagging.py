"""Tagging many talks from the admin's list: first the numbers, then the deed, once."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.core import signing

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from talks.factories import TagAliasFactory, TagFactory, TalkFactory
from talks.models import Tag, TaggedTalk, Talk
from talks.tests.tagging_page import LIST, choose, choose_all, messages_of

pytestmark = pytest.mark.django_db

CURATOR = ["talks.view_talk", "talks.change_talk"]


def titles_with(name):
    return set(Talk.objects.filter(tagged__tag__name=name).values_list("title", flat=True))


@pytest.fixture
def talks():
    """Four talks of one conference; D has the tag "async". And one talk of another conference."""
    conference = ConferenceFactory(title="Harbour")
    tag = TagFactory(name="async")
    TalkFactory(title="Elsewhere")
    return [
        *(TalkFactory(title=title, conference=conference) for title in "ABC"),
        TalkFactory(title="D", conference=conference, tags=[tag]),
    ]


def test_page_says_what_is_chosen_before_tags_are(admin_client, talks):
    page = choose(admin_client, talks)

    assert page.title == "Add tags to 4 talks"
    assert page.facts == {"Selected": 4}
    assert page.titles == ["D", "C", "B", "A"]


def test_page_says_what_will_change_before_anything_is_done(admin_client, talks):
    page = choose(admin_client, talks).numbers("async, Python")

    assert page.facts == {"Selected": 4, "Will change": 4, "Have the tags already": 0}
    assert page.numbers("async").facts == {
        "Selected": 4,
        "Will change": 3,
        "Have the tags already": 1,
    }
    assert (titles_with("async"), Tag.objects.count()) == ({"D"}, 1)


def test_tags_are_added_and_the_list_comes_back_with_its_filters_and_place(admin_client, talks):
    query = f"?conference__id__exact={talks[0].conference_id}&o=1&p=1"
    page = choose(admin_client, talks, query=query).numbers("async")

    address, messages = page.apply("async")

    assert address == LIST + query
    assert messages == ["Added 'async' to 3 talks; 1 already had it."]
    assert titles_with("async") == {"A", "B", "C", "D"}


def test_tags_may_be_named_and_added_in_one_step(admin_client, talks):
    _, messages = choose(admin_client, talks[:1]).apply("brand new, async")

    assert messages == ["Added 'async', 'brand new' to 1 talk."]
    assert titles_with("brand new") == {"A"}


def test_several_tags_are_spoken_of_in_the_plural(admin_client, talks):
    TagFactory(name="testing")
    choose(admin_client, talks).apply("testing")

    _, messages = choose(admin_client, talks).apply("async, testing")

    assert messages == ["Added 'async', 'testing' to 3 talks; 1 already had them."]


def test_tags_are_removed(admin_client, talks):
    page = choose(admin_client, talks, "remove_tags")
    assert page.title == "Remove tags from 4 talks"
    page = page.numbers("async")
    assert page.facts == {"Selected": 4, "Will change": 1, "Have none of the tags": 3}

    _, messages = page.apply("async")

    assert messages == ["Removed 'async' from 1 talk; 3 did not have it."]
    assert titles_with("async") == set()


def test_a_synonym_names_its_tag(admin_client, talks):
    TagAliasFactory(tag=Tag.objects.get(), name="asyncio")

    _, messages = choose(admin_client, talks).apply("AsyncIO")

    assert messages == ["Added 'async' to 3 talks; 1 already had it."]


def test_all_across_pages_means_what_the_list_shows(admin_client, talks):
    query = f"?conference__id__exact={talks[0].conference_id}"

    page = choose_all(admin_client, talks[0], query=query)
    _, messages = page.apply("harbour")

    assert page.facts == {"Selected": 4}
    assert messages == ["Added 'harbour' to 4 talks."]
    assert titles_with("harbour") == {"A", "B", "C", "D"}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        pytest.param("?q=Harb", set(), id="search-finds-titles-and-names-only"),
        pytest.param("?q=elsew", {"Elsewhere"}, id="search"),
        pytest.param("?without=tagged", {"A", "B", "C", "Elsewhere"}, id="untagged"),
        pytest.param("?given_on__year=2017", {"A", "B", "C", "D", "Elsewhere"}, id="year"),
        pytest.param("?conference__named=harbour", {"A", "B", "C", "D"}, id="named"),
    ],
)
def test_all_of_a_searched_list(admin_client, talks, query, titles):
    if titles:
        choose_all(admin_client, talks[0], query=query).apply("chosen")

    assert titles_with("chosen") == titles


def test_page_does_not_grow_with_the_selection(admin_client, talks):
    conference = talks[0].conference
    Talk.objects.bulk_create(
        Talk(conference=conference, title=f"T{n:04}", slug=f"t{n}") for n in range(1_200)
    )

    page = choose_all(admin_client, talks[0])

    assert page.inputs == [
        "csrfmiddlewaretoken",
        "action",
        "_selected_action",
        "ticket",
        "tags",
        "numbers",
        "apply",
    ]
    assert page.facts == {"Selected": 1_205}
    assert len(page.titles) == 20
    _, messages = page.apply("async")
    assert messages == ["Added 'async' to 1204 talks; 1 already had it."]


@pytest.mark.parametrize("talk_count", [1, 3, 150])
def test_number_of_queries_does_not_grow_with_the_selection(
    client, django_assert_num_queries, talk_count
):
    """Every statement counts here: sessions, savepoints and permissions too."""
    client.force_login(UserFactory(staff=True, permissions=[*CURATOR, "talks.add_tag"]))
    talks = [TalkFactory(conference=ConferenceFactory()) for _ in range(talk_count)]
    page = choose_all(client, talks[0]).numbers("async, django")

    with django_assert_num_queries(18):
        page.apply("async, django")

    assert TaggedTalk.objects.count() == 2 * talk_count


def test_one_history_entry_for_each_changed_talk_with_one_batch(client, talks):
    curator = UserFactory(superuser=True, username="curator")
    client.force_login(curator)

    choose(client, talks).apply("async")

    entries = LogEntry.objects.order_by("object_repr")
    assert [(e.user, e.object_repr, e.get_change_message()) for e in entries] == [
        (curator, title, "Added tag “async”.") for title in "ABC"
    ]
    assert len({json.loads(e.change_message)[-1]["batch"] for e in entries}) == 1


def test_pressing_twice_changes_nothing(admin_client, talks):
    page = choose(admin_client, talks).numbers("async, new one")
    page.apply("async, new one")

    _, messages = page.apply("async, new one")

    assert messages[-1] == "Added 'async', 'new one' to 0 talks; 4 already had them."
    assert LogEntry.objects.count() == 4


def test_removing_twice_changes_nothing(admin_client, talks):
    query = f"?tags__id__exact={Tag.objects.get().pk}"
    page = choose(admin_client, talks[3:], "remove_tags", query)
    page.apply("async")

    response = page.send(tags="async", apply="")

    assert response.url == LIST + query
    assert messages_of(response)[-1] == (
        "None of the selected talks is in this list any more. Nothing was changed."
    )
    assert LogEntry.objects.count() == 1


def test_a_selection_that_grew_is_not_acted_on(admin_client, talks):
    query = f"?conference__id__exact={talks[0].conference_id}"
    page = choose_all(admin_client, talks[0], query=query).numbers("async")
    TalkFactory(title="E", conference=talks[0].conference)

    again = page.apply_in_vain("async")

    assert again.notice == "The selection has changed since. These are the numbers now."
    assert again.facts == {"Selected": 5, "Will change": 4, "Have the tags already": 1}
    assert titles_with("async") == {"D"}
    assert again.apply("async")[1] == ["Added 'async' to 4 talks; 1 already had it."]


def test_a_selection_that_shrank_is_not_acted_on(admin_client, talks):
    page = choose(admin_client, talks)
    talks[0].delete()

    again = page.apply_in_vain("async, brand new")

    assert again.notice == "The selection has changed since. These are the numbers now."
    assert again.facts == {"Selected": 3, "Will change": 3, "Have the tags already": 0}
    assert set(Tag.objects.values_list("name", flat=True)) == {"async"}


def test_a_selection_of_the_same_size_is_not_the_same(admin_client, talks):
    query = f"?conference__id__exact={talks[0].conference_id}"
    page = choose_all(admin_client, talks[0], query=query)
    talks[1].delete()
    TalkFactory(title="E", conference=talks[0].conference)

    assert page.apply_in_vain("async").notice != ""


def test_numbers_for_other_tags_are_not_agreed_to(admin_client, talks):
    page = choose(admin_client, talks).numbers("async")

    again = page.apply_in_vain("async, python")

    assert again.notice == "The numbers were for other tags. These are the numbers now."
    assert again.facts["Will change"] == 4
    assert titles_with("async") == {"D"}
    again.apply("python, async")


def test_a_tag_that_vanished_is_an_error_of_the_form(admin_client, talks):
    page = choose(admin_client, talks).numbers("async")
    Tag.objects.all().delete()

    again = page.apply_in_vain("async")

    assert again.errors == ["This tag was deleted in the meantime: async. To make it anew, go on."]
    assert Tag.objects.count() == 0
    assert again.apply("async")[1] == ["Added 'async' to 4 talks."]


@pytest.mark.parametrize(
    ("action", "permissions", "tags", "error"),
    [
        pytest.param(
            "add_tags",
            CURATOR,
            "async, brand, new",
            "There are no tags “brand”, “new”, and new ones cannot be made here.",
            id="new-tags-without-the-permission",
        ),
        pytest.param(
            "remove_tags",
            [*CURATOR, "talks.add_tag"],
            "brand",
            "There is no tag “brand”, and new ones cannot be made here.",
            id="removing-what-is-no-tag",
        ),
        pytest.param("add_tags", CURATOR, "", "This field is required.", id="nothing"),
        pytest.param("add_tags", CURATOR, " , ,", "This field is required.", id="commas"),
        pytest.param("add_tags", CURATOR, "\u200b", "This field is required.", id="invisible"),
        pytest.param(
            "add_tags",
            CURATOR,
            "x" * 101,
            f"A tag has at most 100 characters: {'x' * 101}",
            id="long-name",
        ),
        pytest.param(
            "add_tags",
            CURATOR,
            "x," * 1_001,
            "Ensure this value has at most 2000 characters (it has 2002).",
            id="long-line",
        ),
    ],
)
def test_what_the_form_refuses(client, talks, action, permissions, tags, error):
    client.force_login(UserFactory(staff=True, permissions=permissions))
    page = choose(client, talks, action)

    for answer in (page.numbers(tags), page.apply_in_vain(tags)):
        assert answer.errors == [error]
        assert answer.facts == {"Selected": 4}
    assert set(Tag.objects.values_list("name", flat=True)) == {"async"}
    assert titles_with("async") == {"D"}


def test_a_curator_needs_no_permission_for_tags_that_exist(client, talks):
    client.force_login(UserFactory(staff=True, permissions=CURATOR))

    assert choose(client, talks).apply("ASYNC")[1] == [
        "Added 'async' to 3 talks; 1 already had it."
    ]


@pytest.mark.parametrize(
    "permissions",
    [
        # Without any action the list is shown again; with others, "No action selected."
        pytest.param(["talks.view_talk"], id="may-look-only"),
        pytest.param(["talks.view_talk", "talks.add_tag", "talks.delete_talk"], id="other-rights"),
    ],
)
@pytest.mark.parametrize("action", ["add_tags", "remove_tags"])
def test_actions_are_for_those_who_may_change_talks(client, talks, permissions, action):
    rightful, other = UserFactory(superuser=True), UserFactory(staff=True, permissions=permissions)
    client.force_login(rightful)
    page = choose(client, talks, action)
    client.force_login(other)

    shown = client.get(LIST).content.decode()
    first = client.post(LIST, {"action": action, "_selected_action": talks[0].pk, "index": "0"})
    second = page.send(tags="async", apply="")

    assert action not in shown
    assert first.status_code == second.status_code == (302 if len(permissions) > 1 else 200)
    assert "ticket" not in first.content.decode()
    assert titles_with("async") == {"D"}


def test_others_are_sent_to_the_login(client, talks):
    client.force_login(UserFactory())

    response = client.post(LIST, {"action": "add_tags", "_selected_action": talks[0].pk})

    assert (response.status_code, response.url.split("?")[0]) == (302, "/admin/login/")


def altered(ticket):
    """Return the ticket for one talk more, with its old signature."""
    payload, stamp, signature = ticket.rsplit(":", 2)
    return ":".join([payload[:-2] + "AA", stamp, signature])


TICKETS = {
    "altered": altered,
    "empty": lambda _: "",
    "not-signed": lambda _: "abc",
    "signed-for-something-else": lambda _: signing.dumps({"action": "add_tags"}, salt="other"),
    "nul-like": lambda _: "\x01:\x02:\x03",
}


@pytest.mark.parametrize("forge", TICKETS)
def test_a_forged_ticket_changes_nothing(admin_client, talks, forge):
    page = choose(admin_client, talks)

    response = page.send(ticket=TICKETS[forge](page.fields["ticket"]), tags="async", apply="")

    assert (response.status_code, response.url) == (302, LIST)
    assert messages_of(response) == [
        "This page was too old. Nothing was changed: select the talks once more."
    ]
    assert titles_with("async") == {"D"}


def test_a_ticket_is_for_one_person_and_one_action(client, talks):
    client.force_login(UserFactory(superuser=True))
    page = choose(client, talks, "remove_tags")
    as_another_action = page.send(action="add_tags", tags="async", apply="")
    client.force_login(UserFactory(superuser=True))
    as_another_person = page.send(tags="async", apply="")

    assert messages_of(as_another_action) == messages_of(as_another_person)
    assert titles_with("async") == {"D"}


def test_an_old_ticket_changes_nothing(admin_client, talks, monkeypatch):
    page = choose(admin_client, talks)
    monkeypatch.setattr("talks.selection.TICKET_SECONDS", -1)

    page.send(tags="async", apply="")

    assert titles_with("async") == {"D"}


def test_a_ticket_cannot_be_used_for_another_action_of_the_list(admin_client, talks):
    page = choose(admin_client, talks[:1])

    page.send(action="delete_selected", post="yes")

    assert set(Talk.objects.values_list("title", flat=True)) == {"B", "C", "D", "Elsewhere"}


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({}, id="as-the-list-sends"),
        pytest.param({"select_across": "1"}, id="all-of-it"),
    ],
)
def test_without_a_ticket_the_numbers_come_first(admin_client, talks, fields):
    chosen = {"action": "add_tags", "_selected_action": [t.pk for t in talks], **fields}

    response = admin_client.post(LIST, {**chosen, "tags": "async", "apply": "1"})

    assert response.status_code == 200
    assert response.context_data["foreseen"].changed == 3 + ("select_across" in fields)
    assert titles_with("async") == {"D"}


def test_everything_of_the_first_step_may_be_sent_again_with_the_ticket(admin_client, talks):
    page = choose(admin_client, talks)
    fields = {"select_across": "0", "index": "0", "_selected_action": [t.pk for t in talks[:2]]}

    response = page.send(tags="async", apply="1", **fields)

    assert response.status_code == 302
    assert titles_with("async") == {"A", "B", "C", "D"}


def test_other_filters_than_the_pages_are_another_selection(admin_client, talks):
    query = f"?conference__id__exact={talks[0].conference_id}"
    page = choose_all(admin_client, talks[0], query=query)
    page.address = LIST

    again = page.apply_in_vain("async")

    assert again.facts["Selected"] == 5
    assert titles_with("async") == {"D"}


@pytest.mark.parametrize("chosen", ["abc", "²", "9" * 30, "-", "1.5", "0x1", ""])
def test_odd_selections_change_nothing(admin_client, talks, chosen):
    fields = {"action": "add_tags", "index": "0", "_selected_action": [talks[0].pk, chosen]}

    response = admin_client.post(LIST, fields)

    assert (response.status_code, response.url) == (302, LIST)
    assert messages_of(response) == [
        "The selection names rows that cannot exist. Nothing was changed."
    ]


def test_hostile_titles_and_tags_are_escaped(admin_client, talks):
    Talk.objects.update(title="<script>alert(1)</script>")

    page = choose(admin_client, talks).numbers("<b>tag</b>, {{7*191}}")

    text = page.response.content.decode()
    assert "<script>alert(1)" not in text
    assert "<b>tag" not in text
    assert "1337" not in text
