"""Run in the environment of a site of `faults`: fill it with a library and its people.

NAMES… --talks=N as arguments; the people's password in FAULTS_PASSWORD.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notes_site.settings")
django.setup()

from accounts.models import User
from exchange.demo import make_demo
from recaps.factories import RecapFactory
from talks.models import Talk


def main(names: list[str], talks: int) -> None:
    """Make a library, a recap that readers read, and people who may do everything."""
    make_demo(talks)
    for name in names:
        User.objects.create_superuser(
            name, password=os.environ["FAULTS_PASSWORD"], public_name=name.title()
        )
    RecapFactory(talk=Talk.objects.order_by("pk")[0], title="A walk in the orchard", slug="orchard")


*_names, _talks = sys.argv[1:]
main(_names, int(_talks.removeprefix("--talks=")))
