"""What a recap mentions is named as it is named now, whoever changed it, and however."""

import pytest
from django.core.management import call_command
from django.db import connection

from conferences.factories import ConferenceFactory
from conferences.models import Conference
from foundation.models.old_addresses import change_address, change_name
from foundation.text.markdown import RENDERER_VERSION
from recaps.factories import RecapFactory
from recaps.models import STALE, Mention, Recap
from recaps.writing import write_recap
from speakers.factories import SpeakerFactory
from speakers.models import Speaker
from talks.addresses import rename_talk
from talks.factories import TagFactory, TalkFactory
from talks.models import Tag, Talk

pytestmark = pytest.mark.django_db


def _sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def mentioned():
    """One thing of each kind, each by its own sign in one recap, and the recap's row."""
    conference = ConferenceFactory(title="Kettlecon", slug="kettlecon")
    TalkFactory(conference=conference, title="Boiling", slug="boiling")
    SpeakerFactory(name="Ada Okafor", slug="ada-okafor")
    TagFactory(name="tea", slug="tea")
    other = ConferenceFactory(title="Elsewhere", slug="elsewhere")
    body = "[[kettlecon]] [[kettlecon/boiling]] [[Ada Okafor]] [[tea]]"
    return RecapFactory(talk=None, conference=other, body=body, slug="notes", title="Notes")


def _rename_conference():
    change_address(Conference.objects.get(slug="kettlecon"), slug="teacon")


CHANGES = {
    "talk-by-verb": (
        lambda: rename_talk(Talk.objects.get(slug="boiling"), slug="cooling"),
        'href="/conferences/kettlecon/cooling/"',
    ),
    "talk-by-queryset": (lambda: Talk.objects.filter(slug="boiling").update(title="T2"), ">T2</a>"),
    "talk-in-bulk": (
        lambda: Talk.objects.bulk_update([_titled(Talk.objects.get(slug="boiling"))], ["title"]),
        ">T2</a>",
    ),
    "talk-by-save": (lambda: _titled(Talk.objects.get(slug="boiling")).save(), ">T2</a>"),
    "talk-by-sql": (lambda: _sql("UPDATE talks_talk SET title = 'T2'"), ">T2</a>"),
    "conference-by-verb": (_rename_conference, 'href="/conferences/teacon/boiling/"'),
    "conference-by-sql": (
        lambda: _sql("UPDATE conferences_conference SET title = 'C2' WHERE slug = 'kettlecon'"),
        ">C2</a>",
    ),
    "speaker-by-sql": (
        lambda: _sql("UPDATE speakers_speaker SET slug = 'ada'"),
        'href="/speakers/ada/"',
    ),
    "tag-by-verb": (lambda: change_name(Tag.objects.get(), name="green tea"), ">green tea</a>"),
}


def _titled(talk):
    talk.title = "T2"
    return talk


@pytest.mark.parametrize("name", CHANGES)
def test_readers_see_at_once_what_a_thing_is_called(mentioned, client, settings, name):
    change, expected = CHANGES[name]
    assert expected not in client.get("/recaps/notes/").content.decode()

    change()

    for address in ("/recaps/notes/", "/conferences/elsewhere/", "/conferences/elsewhere/book/"):
        response = client.get(address)
        page = b"".join(response.streaming_content if response.streaming else [response.content])
        shown = page.decode().replace(settings.SITE_URL, "")
        assert expected in shown, address


@pytest.mark.parametrize("kind", [Talk, Speaker, Tag])
@pytest.mark.parametrize("is_by_sql", [False, True])
def test_a_thing_that_went_leaves_no_dead_link(mentioned, client, kind, is_by_sql):
    thing = kind.objects.get()
    address = thing.get_absolute_url()
    if is_by_sql:
        _sql(f"DELETE FROM recaps_mention WHERE {kind._meta.model_name}_id = {thing.pk}")
    else:
        thing.mentions.all().delete()
    thing.delete()

    assert f'href="{address}"' not in client.get("/recaps/notes/").content.decode()


def test_a_mention_that_a_merge_moves_makes_its_recap_stale(mentioned):
    other = SpeakerFactory()
    Mention.objects.filter(speaker__isnull=False).update(speaker=other)

    assert Recap.objects.get().renderer_version == STALE


def test_what_is_stale_is_stored_anew_by_the_command(mentioned):
    Talk.objects.update(title="T2")
    assert Recap.objects.get().renderer_version == STALE

    call_command("rebuild_recaps", verbosity=0)

    recap = Recap.objects.get()
    assert recap.renderer_version == RENDERER_VERSION
    assert ">T2</a>" in recap.body_html


def test_other_changes_and_recaps_stay_as_they_are(mentioned):
    RecapFactory(talk=Talk.objects.get(), body="No names.")
    Talk.objects.update(room="R")
    Conference.objects.update(city="Ghent")
    TalkFactory(title="Another")

    assert not Recap.objects.filter(renderer_version=STALE).exists()


def test_a_recap_that_mentions_something_else_now_is_not_stale(mentioned):
    mentioned.body = "[[tea]]"
    write_recap(mentioned)

    assert Recap.objects.get().renderer_version == RENDERER_VERSION
