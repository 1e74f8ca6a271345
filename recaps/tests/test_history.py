"""The versions of a recap in the admin: listed, compared word by word, restored."""

import pytest

from accounts.factories import UserFactory
from recaps.factories import RecapFactory
from recaps.models import Recap
from recaps.writing import write_recap

pytestmark = pytest.mark.django_db


@pytest.fixture
def recap():
    """A recap with three versions, the last one by Eve."""
    recap = RecapFactory(title="First", body="One two three.", slug="s")
    for body in ("One <b>zwei</b> three.", "One <b>zwei</b> drei."):
        recap.body = body
        write_recap(recap, by=UserFactory(role="Curators", public_name="Eve"))
    return recap


def _address(recap, page=""):
    return f"/admin/recaps/recap/{recap.pk}/versions/{page}"


def test_versions_are_listed_with_author_and_time_the_last_first(admin_client, recap):
    RecapFactory(body="Of another recap.")

    response = admin_client.get(_address(recap))

    versions = response.context_data["versions"]
    assert [version.number for version in versions] == [3, 2, 1]
    assert [str(version.author) for version in versions] == ["Eve", "Eve", str(recap.author)]
    assert response.content.decode().count("<bdi>Eve</bdi>") == 2


@pytest.mark.parametrize("version_count", [1, 3])
def test_the_list_of_versions_runs_four_queries(
    admin_client, django_assert_num_queries, version_count
):
    recap = RecapFactory()
    for number in range(version_count - 1):
        recap.body = f"Text {number}."
        write_recap(recap, by=UserFactory(role="Curators"))

    with django_assert_num_queries(4):
        response = admin_client.get(_address(recap))

    assert len(response.context_data["versions"]) == version_count


def test_two_versions_are_compared_word_by_word(admin_client, recap):
    html = admin_client.get(_address(recap, "compare/"), {"older": 1, "newer": 3}).content.decode()

    assert "<ins>&lt;b&gt;zwei&lt;/b&gt;</ins>" in html
    assert "<del>three</del><ins>drei</ins>" in html
    assert html.count("No difference.") == 2


@pytest.mark.parametrize(
    "query",
    [
        "",
        "older=1",
        "older=1&newer=9",
        "older=a&newer=1",
        "older=0&newer=1",
        "older=²&newer=1",
        "older=1&newer=" + "9" * 30,
    ],
)
def test_versions_that_are_not_there_cannot_be_compared(admin_client, recap, query):
    assert admin_client.get(_address(recap, f"compare/?{query}")).status_code == 404


def test_a_version_of_another_recap_is_not_found_there(admin_client, recap):
    other = RecapFactory(body="Of another.")

    compared = admin_client.get(_address(other, "compare/"), {"older": 1, "newer": 3})
    restored = admin_client.post(_address(other, "3/restore/"), {"started_from": other.version})

    assert (compared.status_code, restored.status_code) == (404, 404)
    assert Recap.objects.get(pk=other.pk).body == "Of another."


def test_restoring_makes_a_new_version(admin_client, admin_user, recap):
    response = admin_client.post(_address(recap, "1/restore/"), {"started_from": 3})

    recap.refresh_from_db()
    assert (response.status_code, recap.body, recap.version) == (302, "One two three.", 4)
    assert "One two three." in recap.body_html
    last = recap.versions.newest_first().first()
    assert (last.number, last.author, recap.versions.count()) == (4, admin_user, 4)


@pytest.mark.parametrize("started_from", [{}, {"started_from": 2}, {"started_from": "abc"}])
def test_restoring_over_what_somebody_saved_meanwhile_does_nothing(
    admin_client, recap, started_from
):
    response = admin_client.post(_address(recap, "1/restore/"), started_from, follow=True)

    recap.refresh_from_db()
    said = [str(message) for message in response.context["messages"]]
    assert (recap.body, recap.version) == ("One <b>zwei</b> drei.", 3)
    assert said == [
        "Somebody changed this recap in the meantime. Nothing was done: look once more."
    ]


def test_restoring_needs_a_post(admin_client, recap):
    assert admin_client.get(_address(recap, "1/restore/")).status_code == 405
    assert admin_client.post(_address(recap)).status_code == 405


def test_another_note_takers_versions_are_not_there(client, recap):
    client.force_login(UserFactory(staff=True, role="Note-takers"))

    answers = [
        client.get(_address(recap)),
        client.get(_address(recap, "compare/"), {"older": 1, "newer": 2}),
        client.post(_address(recap, "1/restore/"), {"started_from": 3}),
        client.post(f"/admin/recaps/recap/{recap.pk}/take-from-bin/"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4


def test_readers_see_no_version(client, recap):
    response = client.get(_address(recap))

    assert (response.status_code, response.url.split("?")[0]) == (302, "/admin/login/")


@pytest.mark.parametrize("key", ["abc", "²", "9" * 30, "-1"])
def test_versions_of_recaps_that_cannot_exist(admin_client, key):
    assert admin_client.get(f"/admin/recaps/recap/{key}/versions/").status_code == 404
