"""The list of authors, and what an author says of themselves on their page."""

import datetime as dt

import pytest
from django.db import DataError, IntegrityError, transaction

from accounts.factories import UserFactory
from accounts.models import User
from recaps.factories import RecapFactory
from tests.tools.pages import elements, targets, texts

pytestmark = pytest.mark.django_db
PROFILE = "/admin/profile/"


def test_who_wrote_last_comes_first_and_who_published_nothing_is_not_there(client):
    ada = UserFactory(public_name="Ada", slug="ada", about="Tests, mostly.")
    bo, cy = UserFactory(public_name="Bo"), UserFactory(public_name="Cy")
    moments = [dt.datetime(2018, month, 2, tzinfo=dt.UTC) for month in (1, 2, 3)]
    RecapFactory(author=ada, published_at=moments[0])
    RecapFactory(author=bo, published_at=moments[1])
    RecapFactory(author=ada, published_at=moments[2])
    RecapFactory(author=cy, draft=True)
    RecapFactory(author=bo, scheduled=True)

    response = client.get("/authors/")

    assert texts(response, class_="author-card") == [
        "Ada Tests, mostly. 2 recaps last 2 March 2018",
        "Bo 1 recap last 2 February 2018",
    ]
    assert targets(response, inside="author-card")[0] == "/authors/ada/"


def test_a_site_without_recaps_has_an_empty_list(client):
    answer = client.get("/authors/")

    assert texts(answer, "p", inside="empty-note") == ["Nobody has published a recap yet."]


@pytest.mark.parametrize("row_count", [1, 3])
def test_authors_ask_the_same_number_of_queries(client, django_assert_num_queries, row_count):
    for _ in range(row_count):
        RecapFactory()

    with django_assert_num_queries(1):
        response = client.get("/authors/")

    assert len(texts(response, class_="author-card")) == row_count


def test_an_authors_page_has_their_line_and_their_links(client):
    links = "https://ada.example/\n\njavascript:alert(1)\nhttps://code.example/ada"
    author = UserFactory(slug="ada", about="Tests & <b>more</b>.", links=links)
    RecapFactory(author=author)

    response = client.get("/authors/ada/")

    assert texts(response, class_="lede") == ["Tests & <b>more</b>."]
    assert [
        (link["href"], link["text"])
        for link in elements(response, "a")
        if "me" in link.get("rel", "").split()
    ] == [("https://ada.example/", "ada.example"), ("https://code.example/ada", "code.example/ada")]


@pytest.mark.parametrize("role", ["Note-takers", "Curators"])
def test_people_say_themselves_who_they_are(client, role):
    person = UserFactory(staff=True, role=role, public_name="Ada", slug="ada", username="ada")
    other = UserFactory(about="Mine.")
    client.force_login(person)
    RecapFactory(author=person)

    sent = {
        "about": "Tests.",
        "links": "https://ada.example/",
        "public_name": "Root",
        "is_superuser": "on",
    }
    answer = client.post(PROFILE, sent, follow=True)

    assert "Readers see it now" in answer.content.decode()
    assert PROFILE in client.get("/admin/").content.decode()
    person.refresh_from_db()
    assert (person.about, person.links) == ("Tests.", "https://ada.example/")
    assert (person.public_name, person.is_superuser) == ("Ada", False)
    assert User.objects.get(pk=other.pk).about == "Mine."
    assert texts(client.get("/authors/ada/"), class_="lede") == ["Tests."]


@pytest.mark.parametrize(
    ("links", "said"),
    [
        ("javascript:alert(1)", "Give whole addresses"),
        ("example.org", "Give whole addresses"),
        ("https://user:secret@example.org/", "Give whole addresses"),
        ("\n".join(f"https://x.example/{n}" for n in range(7)), "six addresses at most"),
        (f"https://x.example/{'x' * 1_000}", "at most 1000 characters"),
    ],
)
def test_links_that_no_page_may_show_are_refused(client, links, said):
    person = UserFactory(staff=True, role="Note-takers")
    client.force_login(person)

    answer = client.post(PROFILE, {"about": "Tests.", "links": links})

    assert said in answer.content.decode()
    person.refresh_from_db()
    assert (person.about, person.links) == ("", "")


def test_the_profile_is_for_who_is_signed_in(client):
    assert client.get(PROFILE).headers["Location"] == f"/admin/login/?next={PROFILE}"


@pytest.mark.parametrize("fields", [{"about": "x" * 201}, {"links": "x" * 1_001}])
def test_the_database_bounds_what_authors_say(fields):
    person = UserFactory()

    with pytest.raises((DataError, IntegrityError)), transaction.atomic():
        User.objects.filter(pk=person.pk).update(**fields)
