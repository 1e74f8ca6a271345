"""What belongs to a talk, while two people, or a person and an import, change it at once."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages

from exchange.models import ImportedRecord
from exchange.tests.conftest import *  # noqa: F403 -- its fixtures
from exchange.tests.folders import video
from speakers.factories import SpeakerAliasFactory, SpeakerFactory
from talks.factories import (
    RecordingFactory,
    TagAliasFactory,
    TagFactory,
    TalkFactory,
    TalkLinkFactory,
)
from talks.models import Recording, Tag, TaggedTalk, Talk, TalkLink, TalkSpeaker
from talks.tagging.verbs import add_tags, remove_tags
from tests.tools.admin_form import errors_of, fields_of

pytestmark = [pytest.mark.django_db, pytest.mark.twice]


def page_of(row):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def send(client, answer, **changed):
    """Send the form of a page that was opened some time ago."""
    sent = {**fields_of(answer), **changed}
    sent = {name: value for name, value in sent.items() if value is not None}
    return client.post(answer.request["PATH_INFO"], sent)


@pytest.fixture
def talk(db):
    speakers = [SpeakerFactory(name="Ada"), SpeakerFactory(name="Ben")]
    talk = TalkFactory(speakers=speakers, tags=[TagFactory(name="async")])
    RecordingFactory(talk=talk, url="https://video.example/1", provider="other", video_id="")
    TalkLinkFactory(talk=talk, url="https://slides.example/1")
    return talk


@pytest.fixture
def opened(talk, admin_client):
    return admin_client.get(page_of(talk))


# An import


def test_a_title_that_an_import_changed_stays(import_talks, admin_client):
    import_talks({"a": video(title="First")})
    talk = Talk.objects.get()
    opened = admin_client.get(page_of(talk))
    import_talks({"a": video(title="Second", videos=[{"url": "https://vimeo.com/12345"}])})

    saved = send(admin_client, opened, room="Aula")
    import_talks({"a": video(title="Third")})

    assert saved.status_code == 302, errors_of(saved)
    talk.refresh_from_db()
    assert (talk.title, talk.room) == ("Third", "Aula")
    assert ImportedRecord.objects.get(talk=talk).kept == {}
    assert next(iter(get_messages(saved.wsgi_request))).message.startswith(
        "Somebody else changed this meanwhile, and it is kept: Title"
    )
    said = json.loads(LogEntry.objects.get().change_message)
    assert said == [{"changed": {"fields": ["Room"]}}]


def test_what_an_import_and_a_person_both_changed_is_asked_about(import_talks, admin_client):
    import_talks({"a": video(title="First")})
    talk = Talk.objects.get()
    opened = admin_client.get(page_of(talk))
    import_talks({"a": video(title="Second")})

    refused = send(admin_client, opened, title="Mine")

    assert refused.status_code == 409
    assert "“First” became “Second”" in errors_of(refused)["title"][0]
    assert Talk.objects.get().title == "Second"


# Tags


def test_tags_of_two_people_are_both_kept(talk, opened, admin_client, django_user_model):
    kept, taken = TagFactory(name="kept"), Tag.objects.get(name="async")
    talks = Talk.objects.filter(pk=talk.pk)
    add_tags(talks, [kept], by=None)
    remove_tags(talks, [taken], by=None)

    saved = send(admin_client, opened, tags="async, mine", room="Aula")

    assert saved.status_code == 302, errors_of(saved)
    assert set(talk.tags.names()) == {"kept", "mine"}


def test_a_form_that_left_the_tags_alone_changes_none(talk, opened, admin_client):
    add_tags(Talk.objects.filter(pk=talk.pk), [TagFactory(name="theirs")], by=None)
    before = list(TaggedTalk.objects.order_by("pk").values())

    send(admin_client, opened, room="Aula")

    assert list(TaggedTalk.objects.order_by("pk").values()) == before


def test_a_tag_that_both_took_off_is_off(talk, opened, admin_client):
    remove_tags(Talk.objects.filter(pk=talk.pk), Tag.objects.all(), by=None)

    send(admin_client, opened, tags="other")

    assert set(talk.tags.names()) == {"other"}


# Rows of inlines: added, changed and deleted meanwhile


def test_rows_that_were_added_meanwhile_stay(talk, opened, admin_client):
    TalkSpeaker.objects.create(talk=talk, speaker=SpeakerFactory(name="Cleo"), position=2)
    TalkLinkFactory(talk=talk, url="https://slides.example/2")

    saved = send(admin_client, opened, **{"credits-2-speaker": SpeakerFactory(name="Dan").pk})

    assert saved.status_code == 302, errors_of(saved)
    names = [str(credit) for credit in talk.credits.all()]
    assert names == ["Ada", "Ben", "Cleo", "Dan"]
    assert talk.links.count() == 2


@pytest.mark.parametrize(
    ("inline", "field"), [("recordings", "url"), ("links", "url"), ("credits", "speaker")]
)
def test_what_somebody_added_meanwhile_is_not_added_twice(
    talk, opened, admin_client, inline, field
):
    cleo = SpeakerFactory(name="Cleo")
    RecordingFactory(talk=talk, url="https://new.example/")
    TalkLinkFactory(talk=talk, url="https://new.example/")
    TalkSpeaker.objects.create(talk=talk, speaker=cleo, position=7)
    number = {"recordings": 1, "links": 1, "credits": 2}[inline]
    new = {"url": "https://new.example/", "kind": "slides", "provider": "other", "speaker": cleo.pk}
    row = {f"{inline}-{number}-{name}": value for name, value in new.items()}
    rest = {f"{inline}-{number}-{name}": "0" for name in ("offset_seconds", "position")}

    refused = send(admin_client, opened, **{**rest, **row, f"{inline}-TOTAL_FORMS": number + 1})

    assert refused.status_code == 200
    assert errors_of(refused) == {f"{inline}-{number}-{field}": ["This is there already."]}


def test_a_place_that_somebody_took_meanwhile_is_refused(talk, opened, admin_client):
    TalkSpeaker.objects.create(talk=talk, speaker=SpeakerFactory(name="Cleo"), position=2)

    refused = send(
        admin_client,
        opened,
        **{"credits-2-speaker": SpeakerFactory().pk, "credits-2-position": "2"},
    )

    assert refused.status_code == 200
    assert errors_of(refused)["credits"] == ["Two speakers have the same place."]


def test_other_columns_of_a_row_of_an_inline_stay(talk, opened, admin_client):
    Recording.objects.update(language="de", offset_seconds=30)

    saved = send(admin_client, opened, **{"recordings-0-url": "https://video.example/2"})

    assert saved.status_code == 302, errors_of(saved)
    recording = talk.recordings.get()
    assert (recording.url, recording.language, recording.offset_seconds) == (
        "https://video.example/2",
        "de",
        30,
    )


def test_a_row_of_an_inline_that_two_people_changed_is_asked_about(talk, opened, admin_client):
    Recording.objects.update(url="https://theirs.example/")
    changed = {"recordings-0-url": "https://mine.example/"}

    refused = send(admin_client, opened, **changed)

    assert refused.status_code == 409
    assert "https://theirs.example/" in errors_of(refused)["recordings-0-url"][0]
    assert talk.recordings.get().url == "https://theirs.example/"
    assert send(admin_client, refused).status_code == 302
    assert talk.recordings.get().url == "https://mine.example/"


def test_a_row_that_somebody_deleted_stays_deleted(talk, opened, admin_client):
    TalkSpeaker.objects.filter(position=0).delete()
    Recording.objects.all().delete()
    TalkLink.objects.all().delete()

    saved = send(admin_client, opened, room="Aula")

    assert saved.status_code == 302, errors_of(saved)
    assert [str(credit) for credit in talk.credits.all()] == ["Ben"]
    assert (talk.recordings.count(), talk.links.count()) == (0, 0)
    said = [str(message) for message in get_messages(saved.wsgi_request)]
    assert "3 rows were deleted by somebody else meanwhile." in said


def test_a_row_behind_one_that_was_deleted_is_changed(talk, opened, admin_client):
    TalkSpeaker.objects.filter(position=0).delete()

    saved = send(admin_client, opened, **{"credits-1-role": "moderator"})

    assert saved.status_code == 302, errors_of(saved)
    assert [(str(c), c.role) for c in talk.credits.all()] == [("Ben", "moderator")]


def test_what_was_typed_into_a_row_that_is_gone_is_kept(talk, opened, admin_client):
    TalkSpeaker.objects.filter(position=0).delete()
    changed = {"credits-0-credited_as": "Countess", "room": "Aula"}

    refused = send(admin_client, opened, **changed)

    assert refused.status_code == 409
    assert "Countess" in refused.content.decode()
    assert "Somebody else deleted this row meanwhile" in refused.content.decode()
    assert talk.credits.count() == 1
    saved = send(admin_client, refused)
    assert saved.status_code == 302, errors_of(saved)
    assert [(str(c.speaker), c.credited_as) for c in talk.credits.all()] == [
        ("Ada", "Countess"),
        ("Ben", ""),
    ]


def test_a_row_that_both_deleted_is_deleted(talk, opened, admin_client):
    Recording.objects.all().delete()

    saved = send(admin_client, opened, **{"recordings-0-DELETE": "on"})

    assert saved.status_code == 302, errors_of(saved)
    assert talk.recordings.count() == 0


def test_a_row_that_changed_is_deleted_once_that_was_seen(talk, opened, admin_client):
    Recording.objects.update(url="https://theirs.example/")

    refused = send(admin_client, opened, **{"recordings-0-DELETE": "on"})

    assert refused.status_code == 409
    assert talk.recordings.count() == 1
    assert send(admin_client, refused).status_code == 302
    assert talk.recordings.count() == 0


@pytest.mark.parametrize("make", [SpeakerAliasFactory, TagAliasFactory])
def test_other_names_are_rows_like_others(make, admin_client):
    first = make()
    owner = getattr(first, "speaker", None) or first.tag
    second = make(**{type(owner).__name__.lower(): owner})
    opened = admin_client.get(page_of(owner))
    first.delete()
    type(second).objects.filter(pk=second.pk).update(name="theirs", key="theirs")

    saved = send(admin_client, opened, **{"aliases-2-name": "mine"})

    assert saved.status_code == 302, errors_of(saved)
    assert sorted(owner.aliases.values_list("name", flat=True)) == ["mine", "theirs"]


def test_an_old_address_that_somebody_deleted_is_no_error(talk, admin_client):
    talk.old_slugs.create(conference=talk.conference, slug="former")
    opened = admin_client.get(page_of(talk))
    talk.old_slugs.all().delete()

    assert send(admin_client, opened, room="Aula").status_code == 302
