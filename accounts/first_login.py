"""Creates the first superuser of a site on the embedded database, with a random password."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from accounts.models import User

USERNAME = "admin"


@dataclass(frozen=True)
class FirstLogin:
    """A user name and its password in clear text: printed once, and stored in a file that only its
    owner may read.
    """

    username: str
    password: str


@transaction.atomic
def make_first_login(file: Path) -> FirstLogin | None:
    """Create a superuser and write its password to the file; None if a superuser exists already.

    The file is readable by its owner alone and is written before the user is committed, so
    that no login exists whose password nobody knows.
    """
    if User.objects.filter(is_superuser=True).exists():
        return None
    login = FirstLogin(USERNAME, secrets.token_urlsafe(15))
    User.objects.create_superuser(login.username, password=login.password, public_name="Admin")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as opened:
        opened.write(f"user name: {login.username}\npassword:  {login.password}\n")
    return login
