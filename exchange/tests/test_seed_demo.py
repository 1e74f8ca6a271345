"""`manage.py seed_demo`: a made-up library that search knows."""

import pytest
from django.core.management import CommandError, call_command

from recaps.models import Recap
from search.rebuild import differing
from talks.models import Talk

pytestmark = pytest.mark.django_db


def test_a_demo_library_can_be_made_twice_and_is_found(client, capsys):
    call_command("seed_demo", talks=30)
    call_command("seed_demo", talks=10)

    assert capsys.readouterr().out.splitlines() == [
        "30 talks, 6 recaps, 10 speakers",
        "10 talks, 2 recaps, 3 speakers",
    ]
    assert (Talk.objects.count(), Recap.objects.published().count()) == (40, 8)
    assert list(differing()) == []
    word = Talk.objects.first().title.split()[0]
    assert client.get(f"/search/?q={word}").context["found"].number > 0


def test_no_talks_are_refused():
    with pytest.raises(CommandError, match="at least 1"):
        call_command("seed_demo", talks=0)
