"""The three roles: what their groups may do, and what an administrator cannot gain."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from accounts.factories import UserFactory
from accounts.models import User
from accounts.roles import RIGHTS
from tests.tools.admin_form import fields_of, save

pytestmark = pytest.mark.django_db


def _rights(name, *apps):
    rows = Group.objects.get(name=name).permissions.filter(content_type__app_label__in=apps)
    return set(rows.values_list("codename", flat=True))


def _all_rights(*apps):
    rows = Permission.objects.filter(content_type__app_label__in=apps)
    return set(rows.values_list("codename", flat=True))


def test_note_takers_have_the_rights_to_write_and_to_look_up():
    assert _rights("Note-takers", "recaps") == {
        "view_recap",
        "add_recap",
        "change_recap",
        "delete_recap",
        "view_followup",
    }
    assert _rights("Note-takers", "talks", "conferences", "speakers") == {
        "view_talk",
        "view_tag",
        "view_conference",
        "view_series",
        "view_speaker",
    }
    assert _rights("Note-takers", "images") == {"view_image", "add_image"}
    assert _rights("Note-takers", "accounts", "exchange", "auth", "axes") == set()


def test_curators_curate_everything_and_manage_nobody():
    library = ("recaps", "images", "talks", "conferences", "speakers")

    assert _rights("Curators", *library) == _all_rights(*library)
    assert "publish_recap" in _rights("Curators", "recaps")
    assert {right.split("_")[0] for right in _rights("Curators", "exchange")} == {"view"}
    assert _rights("Curators", "accounts", "auth", "axes") == set()


def test_administrators_are_curators_who_manage_people():
    assert _rights("Administrators", "recaps", "talks") == _all_rights("recaps", "talks")
    assert _rights("Administrators", "accounts") == {
        "view_user",
        "add_user",
        "change_user",
        "view_oldauthorslug",
        "delete_oldauthorslug",
    }
    assert _rights("Administrators", "auth") == set()


def _everything():
    rows = Group.objects.order_by("name").values_list("name", "permissions")
    return list(rows.order_by("name", "permissions"))


def test_a_migration_keeps_the_roles_as_they_are_written():
    before = _everything()
    curators = Group.objects.get(name="Curators")
    call_command("migrate", verbosity=0)
    unchanged = _everything()

    curators.permissions.remove(*curators.permissions.all()[:5])
    Group.objects.get(name="Note-takers").permissions.add(
        Permission.objects.get(codename="publish_recap")
    )
    Group.objects.get(name="Administrators").delete()
    call_command("migrate", verbosity=0)

    assert (unchanged, _everything()) == (before, before)
    assert {name for name, _ in before} == set(RIGHTS)


def test_rights_in_other_applications_are_left_alone():
    added = Permission.objects.get(codename="view_group")
    Group.objects.get(name="Curators").permissions.add(added)

    call_command("migrate", verbosity=0)

    assert _rights("Curators", "auth") == {"view_group"}


@pytest.fixture
def administrator(client):
    """A client of somebody with the role, who is no superuser."""
    client.force_login(UserFactory(staff=True, role="Administrators", username="admin-role"))
    return client


def test_an_administrator_adds_people_and_gives_them_a_role(administrator):
    new = {"username": "new", "public_name": "New", "slug": "", "usable_password": "true"}
    word = "long-enough-passphrase"

    added = administrator.post(
        "/admin/accounts/user/add/", {**new, "password1": word, "password2": word}
    )
    person = User.objects.get(username="new")
    role = Group.objects.get(name="Note-takers")
    saved = save(
        administrator,
        f"/admin/accounts/user/{person.pk}/change/",
        is_staff="on",
        groups=[str(role.pk)],
    )

    person.refresh_from_db()
    assert (added.status_code, saved.status_code) == (302, 302)
    assert (list(person.groups.all()), person.is_staff) == ([role], True)


def test_an_administrator_cannot_make_superusers_or_give_single_rights(administrator):
    person = UserFactory(staff=True)
    other = Group.objects.create(name="Others")
    person.groups.add(other)
    address = f"/admin/accounts/user/{person.pk}/change/"
    right = Permission.objects.get(codename="change_group")

    fields = {**fields_of(administrator.get(address)), "groups": []}
    forged = {"is_superuser": "on", "user_permissions": [right.pk], "is_staff": "on"}
    saved = administrator.post(address, {**fields, **forged})
    refused = administrator.post(address, {**fields, "groups": [other.pk]})

    person.refresh_from_db()
    assert (saved.status_code, refused.status_code) == (302, 200)
    assert (person.is_superuser, list(person.user_permissions.all())) == (False, [])
    assert list(person.groups.all()) == [other]


def test_an_administrator_cannot_change_or_delete_a_superuser(administrator):
    boss = UserFactory(superuser=True, public_name="Boss")
    address = f"/admin/accounts/user/{boss.pk}"

    answers = [
        administrator.post(f"{address}/change/", {"username": "x", "public_name": "x"}),
        administrator.post(f"{address}/password/", {"password1": "x", "password2": "x"}),
        administrator.post(f"{address}/delete/", {"post": "yes"}),
        administrator.get("/admin/auth/group/add/"),
    ]

    boss.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403] * 4
    assert boss.public_name == "Boss"


@pytest.mark.parametrize("role", ["Note-takers", "Curators"])
def test_others_manage_nobody(client, role):
    client.force_login(UserFactory(staff=True, role=role))
    person = UserFactory()

    pages = ["", "add/", f"{person.pk}/change/", f"{person.pk}/password/", f"{person.pk}/delete/"]
    statuses = [client.get(f"/admin/accounts/user/{page}").status_code for page in pages]

    assert statuses == [403] * 5
