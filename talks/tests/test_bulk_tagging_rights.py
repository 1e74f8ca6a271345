"""Tagging many talks: what the page refuses, whom, and what a forged request cannot do."""

import pytest
from django.core import signing

from accounts.factories import UserFactory
from talks.models import Tag, Talk
from talks.tests.tagging_page import (
    CURATOR,
    LIST,
    choose,
    choose_all,
    messages_of,
    titles_with,
)

pytestmark = pytest.mark.django_db


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
            "x," * 10_001,
            "Ensure this value has at most 20000 characters (it has 20002).",
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
    assert "signed_selection" not in first.content.decode()
    assert titles_with("async") == {"D"}


def test_others_are_sent_to_the_login(client, talks):
    client.force_login(UserFactory())

    response = client.post(LIST, {"action": "add_tags", "_selected_action": talks[0].pk})

    assert (response.status_code, response.url.split("?")[0]) == (302, "/admin/login/")


def altered(signed_selection):
    """Return the signed selection for one talk more, with its old signature."""
    payload, stamp, signature = signed_selection.rsplit(":", 2)
    return ":".join([payload[:-2] + "AA", stamp, signature])


FORGERIES = {
    "altered": altered,
    "empty": lambda _: "",
    "not-signed": lambda _: "abc",
    "signed-for-something-else": lambda _: signing.dumps({"action": "add_tags"}, salt="other"),
    "of-another-release": lambda _: signing.dumps(
        {"selection": {}}, salt="talks.tagging.selection"
    ),
    "nul-like": lambda _: "\x01:\x02:\x03",
}


@pytest.mark.parametrize("forge", FORGERIES)
def test_a_forged_selection_changes_nothing(admin_client, talks, forge):
    page = choose(admin_client, talks)

    response = page.send(
        signed_selection=FORGERIES[forge](page.fields["signed_selection"]), tags="async", apply=""
    )

    assert (response.status_code, response.url) == (302, LIST)
    assert messages_of(response) == [
        "This page was too old. Nothing was changed: select the talks once more."
    ]
    assert titles_with("async") == {"D"}


def test_a_signed_selection_is_for_one_person_and_one_action(client, talks):
    client.force_login(UserFactory(superuser=True))
    page = choose(client, talks, "remove_tags")
    as_another_action = page.send(action="add_tags", tags="async", apply="")
    client.force_login(UserFactory(superuser=True))
    as_another_person = page.send(tags="async", apply="")

    assert messages_of(as_another_action) == messages_of(as_another_person)
    assert titles_with("async") == {"D"}


def test_an_old_selection_changes_nothing(admin_client, talks, monkeypatch):
    page = choose(admin_client, talks)
    monkeypatch.setattr("talks.tagging.selection.MAX_AGE_SECONDS", -1)

    page.send(tags="async", apply="")

    assert titles_with("async") == {"D"}


def test_a_signed_selection_cannot_be_used_for_another_action_of_the_list(admin_client, talks):
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
def test_without_a_signed_selection_the_numbers_come_first(admin_client, talks, fields):
    chosen = {"action": "add_tags", "_selected_action": [t.pk for t in talks], **fields}

    response = admin_client.post(LIST, {**chosen, "tags": "async", "apply": "1"})

    assert response.status_code == 200
    assert response.context_data["preview"].changed == 3 + ("select_across" in fields)
    assert titles_with("async") == {"D"}


def test_everything_of_the_first_step_may_be_sent_again_with_the_signed_selection(
    admin_client, talks
):
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
