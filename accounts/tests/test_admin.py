"""People in the admin: only administrators change who may do what."""

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, Permission

from accounts.factories import UserFactory
from accounts.models import User
from tests.tools.admin_form import errors_of, save

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/user/"
ADD = f"{LIST}add/"
# All that a role could grant short of being an administrator.
EVERYTHING = [
    "accounts.view_user",
    *(f"auth.{deed}_group" for deed in ("view", "add", "change", "delete")),
    *(f"auth.{deed}_permission" for deed in ("view", "add", "change", "delete")),
]


def change(user):
    return f"{LIST}{user.pk}/change/"


def test_a_person_is_added_with_a_public_name_and_an_address(admin_client):
    UserFactory(slug="note-taker")

    response = save(
        admin_client,
        ADD,
        username="nt",
        public_name="Note Taker",
        password1="harbour lights at dusk",
        password2="harbour lights at dusk",
        usable_password="true",
    )

    assert response.status_code == 302, errors_of(response)
    person = User.objects.get(username="nt")
    assert (person.public_name, person.slug, person.is_staff) == (
        "Note Taker",
        "note-taker-2",
        False,
    )
    assert person.check_password("harbour lights at dusk")


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        pytest.param(
            {"public_name": ""}, {"public_name": ["This field is required."]}, id="no-public-name"
        ),
        pytest.param(
            {"password1": "short", "password2": "short"},
            {"password2": ["This password is too short. It must contain at least 12 characters."]},
            id="short-password",
        ),
        pytest.param(
            {"username": "ADMIN"},
            {"username": ["A user with that username already exists."]},
            id="taken-username",
        ),
    ],
)
def test_what_the_form_of_a_new_person_refuses(admin_client, fields, errors):
    password = "harbour lights at dusk"
    valid = {"username": "nt", "public_name": "NT", "password1": password, "password2": password}

    response = save(admin_client, ADD, **{**valid, "usable_password": "true", **fields})

    assert errors_of(response) == errors
    assert User.objects.count() == 1


def test_an_authors_changed_address_goes_on_working(admin_client):
    author = UserFactory(slug="old")

    save(admin_client, change(author), slug="", public_name="Newer Name")

    author.refresh_from_db()
    assert (author.slug, author.public_name) == ("newer-name", "Newer Name")
    assert list(User.objects.at_old_address("old")) == [author]


def test_an_administrator_gives_rights(admin_client):
    person, role = UserFactory(), Group.objects.create(name="Organisers")

    save(admin_client, change(person), is_staff="on", groups=[role.pk])

    person.refresh_from_db()
    assert (person.is_staff, list(person.groups.all())) == (True, [role])


@pytest.mark.parametrize("whom", ["self", "other"])
def test_staff_cannot_gain_rights_by_any_form(client, whom):
    staff, other = UserFactory(staff=True, permissions=EVERYTHING), UserFactory()
    person = {"self": staff, "other": other}[whom]
    role = Group.objects.create(name="Organisers")
    client.force_login(staff)
    rights = {
        "username": "u",
        "public_name": "P",
        "slug": "p",
        "is_staff": "on",
        "is_superuser": "on",
        "groups": [role.pk],
        "user_permissions": [Permission.objects.first().pk],
        "password1": "harbour lights at dusk",
        "password2": "harbour lights at dusk",
        "usable_password": "true",
    }
    before = list(User.objects.order_by("pk").values())
    groups = list(Group.objects.order_by("pk").values())

    answers = [
        client.post(change(person), rights),
        client.post(ADD, rights),
        client.post(f"{LIST}{person.pk}/password/", rights),
        client.get(f"{LIST}{person.pk}/password/"),
        client.post(f"{LIST}{person.pk}/delete/", {"post": "yes"}),
        client.post(f"/admin/auth/group/{role.pk}/change/", {"name": "x", "permissions": [1]}),
        client.post("/admin/auth/group/add/", {"name": "x"}),
        client.post(f"/admin/auth/group/{role.pk}/delete/", {"post": "yes"}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 8
    assert list(User.objects.order_by("pk").values()) == before
    assert list(Group.objects.order_by("pk").values()) == groups
    assert not role.permissions.exists()


def test_staff_with_the_right_may_look_people_up(client):
    UserFactory(public_name="Bea")
    client.force_login(UserFactory(staff=True, permissions=["accounts.view_user"]))

    page = client.get(LIST)
    search = "/admin/autocomplete/?app_label=recaps&model_name=recap&field_name=author&term=be"

    assert page.status_code == 200
    assert [choice["text"] for choice in client.get(search).json()["results"]] == ["Bea"]


def test_no_list_tells_a_password_sign_by_sign(admin_client):
    assert admin_client.get(f"{LIST}?password__startswith=a").status_code == 400


def test_deleting_a_failed_login_lets_its_person_try_again(admin_client):
    attempt = AccessAttempt.objects.create(username="locked-out", failures_since_start=10)

    admin_client.post(f"/admin/axes/accessattempt/{attempt.pk}/delete/", {"post": "yes"})

    assert AccessAttempt.objects.count() == 0
