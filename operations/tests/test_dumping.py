"""A library that was dumped comes back whole, in a database that has made rows of its own."""

import datetime as dt

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from accounts.factories import UserFactory
from accounts.models import User
from operations.dumping import KEPT_BY_TRIGGERS, MADE_BY_MIGRATING
from operations.models import SiteIdentity
from recaps.factories import RecapFactory
from recaps.models import StartText, WorkingCopy
from speakers.renaming import rename_speaker
from talks.addresses import rename_talk
from talks.factories import TagAliasFactory, TagFactory, TalkLinkFactory
from talks.models import Talk
from tests.tools.every_page import every_page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.walks]
STARTS = dt.datetime(2017, 4, 3, 9, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _types_of_this_database():
    """Keys of content types are remembered by the process, and each emptying makes new ones."""
    ContentType.objects.clear_cache()


def library():
    """Make rows of nearly everything, changed, renamed and mentioned."""
    every_page(starts_at=STARTS)
    talk = Talk.objects.get()
    writer = UserFactory(username="writer", is_staff=True)
    writer.groups.add(Group.objects.get(name="Curators"))
    rename_talk(talk, slug="now")
    rename_speaker(talk.speakers.get(), name="Other Name")
    TagAliasFactory(tag=TagFactory(name="Alone"), name="Lonely")
    TalkLinkFactory(talk=talk)
    Talk.objects.update(room="Elsewhere")
    RecapFactory(talk=talk, draft=True, body="- [ ] try it\n\n[[Topic]] [12:34]", author=writer)
    WorkingCopy.objects.create(author=writer, sitting="0" * 32, typed={"body": "typing"})
    StartText.objects.filter(kind="talk").update(body="Ours")
    SiteIdentity.objects.update(origin="https://first.example")
    kind = ContentType.objects.get_for_model(Talk)
    LogEntry.objects.create(
        user=writer, content_type=kind, object_id="1", action_flag=2, object_repr="it"
    )


def rows():
    """Return the rows of every model but those that are made anew, by their keys."""
    left_out = {*KEPT_BY_TRIGGERS, *MADE_BY_MIGRATING}
    kept = [model for model in apps.get_models() if model._meta.label not in left_out]
    found = {m._meta.label: list(m._base_manager.order_by("pk").values()) for m in kept}
    rights = {
        group.name: sorted(group.permissions.values_list("content_type__app_label", "codename"))
        for group in Group.objects.all()
    }
    roles = list(User.objects.order_by("pk").values_list("username", "groups__name"))
    actions = LogEntry.objects.values_list("content_type__app_label", "content_type__model")
    found["admin.LogEntry"] = [
        {key: value for key, value in row.items() if key != "content_type_id"}
        for row in found["admin.LogEntry"]
    ]
    return found, rights, roles, list(actions)


def settle():
    """Have the groups and start texts of this database other keys than those of another."""
    for model in (Group, StartText):
        model.objects.exclude(pk=model.objects.latest("pk").pk).delete()
    call_command("migrate", verbosity=0)


def check_everything():
    call_command("check_kept")  # exits where anything is wrong


def test_a_dump_comes_back_whole(client, tmp_path):
    library()
    before = rows()
    calendar = Talk.objects.select_related("conference").get().get_absolute_url() + "calendar.ics"
    said = client.get(calendar).content
    file = str(tmp_path / "library.json")
    call_command("dumpdata", output=file, verbosity=0)

    call_command("flush", verbosity=0, interactive=False)
    call_command("loaddata", file, verbosity=0)

    assert rows() == before
    assert client.get(calendar).content == said
    check_everything()


def test_it_also_comes_into_a_database_with_other_keys(tmp_path):
    library()
    before = rows()
    file = str(tmp_path / "library.json")
    call_command("dumpdata", output=file, verbosity=0)

    call_command("flush", verbosity=0, interactive=False)
    settle()
    call_command("loaddata", file, verbosity=0)

    assert rows() == before
    check_everything()


def test_it_also_comes_over_itself(tmp_path):
    library()
    before = rows()
    file = str(tmp_path / "library.json")
    call_command("dumpdata", output=file, verbosity=0)

    call_command("loaddata", file, verbosity=0)

    assert rows() == before
    check_everything()


def test_a_dump_that_holds_what_triggers_keep_comes_back_as_well(tmp_path):
    from django.core.management.commands.dumpdata import Command  # noqa: PLC0415 -- Django's own

    library()
    before = rows()
    file = str(tmp_path / "library.json")
    call_command(
        Command(), output=file, natural_foreign=True, exclude=MADE_BY_MIGRATING, verbosity=0
    )

    call_command("flush", verbosity=0, interactive=False)
    call_command("loaddata", file, verbosity=0)

    assert rows() == before
    check_everything()


def test_what_is_made_after_a_dump_was_loaded_has_keys_of_its_own(tmp_path):
    library()
    file = str(tmp_path / "library.json")
    call_command("dumpdata", output=file, verbosity=0)
    call_command("flush", verbosity=0, interactive=False)
    call_command("loaddata", file, verbosity=0)

    RecapFactory(tags=[TagFactory()])
    UserFactory()

    check_everything()
