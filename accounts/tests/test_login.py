"""Logging in: guessing is stopped, for an account and for an address, in the database."""

import pytest
from axes.models import AccessAttempt

from accounts.factories import UserFactory

pytestmark = pytest.mark.django_db

ADDRESS = "203.0.113.7"


def try_login(client, username, password="wrong", address=ADDRESS):
    return client.post(
        "/admin/login/", {"username": username, "password": password}, REMOTE_ADDR=address
    )


@pytest.fixture
def mira():
    user = UserFactory(username="mira", staff=True)
    user.set_password("harbour lights at dusk")
    user.save()
    return user


def test_login_succeeds_with_the_password(client, mira):
    response = try_login(client, "mira", "harbour lights at dusk")

    assert (response.status_code, client.session["_auth_user_id"]) == (302, str(mira.pk))


def test_ten_failures_refuse_the_account_from_any_address_even_with_the_password(client, mira):
    for number in range(10):
        try_login(client, "mira", address=f"198.51.100.{number}")

    refused = try_login(client, "mira", "harbour lights at dusk", address="192.0.2.1")

    assert refused.status_code == 429
    assert "_auth_user_id" not in client.session


def test_ten_failures_refuse_the_address_for_any_account(client, mira):
    for number in range(10):
        try_login(client, f"nobody{number}")

    assert try_login(client, "mira", "harbour lights at dusk").status_code == 429
    assert try_login(client, "mira", "harbour lights at dusk", "192.0.2.1").status_code == 302


def test_a_spoofed_forwarded_address_does_not_help(client, mira):
    for number in range(10):
        client.post(
            "/admin/login/",
            {"username": f"nobody{number}", "password": "wrong"},
            REMOTE_ADDR=ADDRESS,
            headers={"x-forwarded-for": f"198.51.100.{number}"},
        )

    assert try_login(client, "mira", "harbour lights at dusk").status_code == 429
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {ADDRESS}


def test_success_does_not_reset_the_count_of_the_address(client, mira):
    for number in range(9):
        try_login(client, f"nobody{number}")
    try_login(client, "mira", "harbour lights at dusk")
    try_login(client, "nobody")

    assert try_login(client, "mira", "harbour lights at dusk").status_code == 429


@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_losing_rights_ends_an_open_session_at_the_next_request(client, mira, field):
    client.force_login(mira)
    assert client.get("/admin/").status_code == 200

    setattr(mira, field, False)
    mira.save()

    assert client.get("/admin/").status_code == 302


def test_unknown_wrong_and_inactive_get_the_same_answer(client, mira):
    inactive = UserFactory(username="gone", is_active=False, staff=True)
    inactive.set_password("harbour lights at dusk")
    inactive.save()

    answers = {
        try_login(client, name, password, address).content.decode().split("errornote")[1][:200]
        for name, password, address in [
            ("nobody", "wrong", "192.0.2.1"),
            ("mira", "wrong", "192.0.2.2"),
            ("gone", "harbour lights at dusk", "192.0.2.3"),
        ]
    }

    assert len(answers) == 1
