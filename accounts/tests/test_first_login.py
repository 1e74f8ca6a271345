"""The login that `make run` makes on its first start."""

import stat

import pytest

from accounts.factories import UserFactory
from accounts.first_login import make_first_login
from accounts.models import User

pytestmark = pytest.mark.django_db


def test_make_first_login_creates_a_superuser_whose_password_is_in_the_file(tmp_path):
    file = tmp_path / "var" / "first-login.txt"

    login = make_first_login(file)

    user = User.objects.get()
    assert (user.username, user.is_superuser, user.is_staff) == ("admin", True, True)
    assert user.check_password(login.password)
    assert len(login.password) >= 20
    assert file.read_text() == f"user name: admin\npassword:  {login.password}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_make_first_login_leaves_a_site_with_a_superuser_alone(tmp_path):
    UserFactory(superuser=True)

    assert make_first_login(tmp_path / "first-login.txt") is None
    assert list(tmp_path.iterdir()) == []
    assert User.objects.count() == 1
