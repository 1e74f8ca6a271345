import importlib
from pathlib import Path

import pytest
from django.apps import apps

from talks import migrations
from talks.factories import RecordingFactory, TalkFactory
from talks.models import Recording
from talks.recordings import video_of
from tests.tools.admin_form import errors_of, save

UUID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.youtube.com/watch?v=AbCdEf-_123", ("youtube", "AbCdEf-_123")),
        ("https://www.youtube.com/watch?list=PLx&v=AbCdEf-_123&t=9", ("youtube", "AbCdEf-_123")),
        ("https://m.youtube.com/watch?v=AbCdEf-_123", ("youtube", "AbCdEf-_123")),
        ("https://youtu.be/AbCdEf-_123?t=9", ("youtube", "AbCdEf-_123")),
        ("https://youtu.be/AbCdEf-_123/", ("youtube", "AbCdEf-_123")),
        ("https://www.youtube.com/embed/AbCdEf-_123", ("youtube", "AbCdEf-_123")),
        ("https://www.youtube-nocookie.com/embed/AbCdEf-_123", ("youtube", "AbCdEf-_123")),
        ("http://www.youtube.com/v/AbCdEf-_123", ("youtube", "AbCdEf-_123")),
        ("https://www.youtube.com/shorts/AbCdEf-_123", ("youtube", "AbCdEf-_123")),
        ("https://www.youtube.com/live/AbCdEf-_123", ("youtube", "AbCdEf-_123")),
        ("https://www.youtube.com/playlist?list=PLx", ("youtube", "")),
        ("https://www.youtube.com/watch?v=<script>", ("youtube", "")),
        ("https://youtu.be/", ("youtube", "")),
        ("https://vimeo.com/123456789", ("vimeo", "123456789")),
        ("https://player.vimeo.com/video/123456789", ("vimeo", "123456789")),
        ("https://vimeo.com/channels/trees/123456789", ("vimeo", "123456789")),
        ("https://vimeo.com/about", ("vimeo", "")),
        (f"https://tube.example/videos/watch/{UUID}", ("peertube", UUID)),
        ("https://tube.example/w/kkGMgK9ZtnKfYAgnEtQxbv", ("peertube", "kkGMgK9ZtnKfYAgnEtQxbv")),
        ("https://media.ccc.de/v/trees-1-pruning", ("media_ccc", "trees-1-pruning")),
        ("https://media.ccc.de/c/trees", ("other", "")),
        ("https://archive.org/details/treecon_12", ("archive_org", "treecon_12")),
        ("https://archive.org/download/treecon_12/a.ogv", ("file", "")),
        ("https://archive.org/", ("archive_org", "")),
        ("https://archive.org/details/" + "x" * 201, ("archive_org", "")),
        ("https://media.example/a.MP4", ("file", "")),
        ("https://media.example/a.ogv?x=1", ("file", "")),
        ("https://notyoutube.com/watch?v=AbCdEf-_123", ("other", "")),
        ("https://media.example/a", ("other", "")),
    ],
)
def test_video_of_address(url, expected):
    video = video_of(url)

    assert (str(video.provider), video.video_id) == expected


@pytest.mark.parametrize(("declared", "provider"), [("MP4", "file"), ("video", "other")])
def test_video_of_unknown_host_follows_the_declared_type(declared, provider):
    assert str(video_of("https://media.example/a", declared).provider) == provider


# Wherever a recording is made

MADE_OF = {
    "https://youtu.be/abcdef12345?t=754": ("youtube", "abcdef12345", 754),
    "https://www.youtube.com/watch?v=abcdef12345&t=1m30s": ("youtube", "abcdef12345", 90),
    "https://m.youtube.com/live/abcdef12345": ("youtube", "abcdef12345", 0),
    "https://vimeo.com/123456#t=90s": ("vimeo", "123456", 90),
    "https://media.ccc.de/v/36c3-10000-talk": ("media_ccc", "36c3-10000-talk", 0),
    "https://archive.org/details/talk?start=61": ("archive_org", "talk", 61),
    "https://tube.example/w/abcdefghij0123456789AB?start=5m": (
        "peertube",
        "abcdefghij0123456789AB",
        300,
    ),
    "https://files.example/talk.mp4#t=10": ("file", "", 10),
    "https://elsewhere.example/talk?t=soon": ("other", "", 0),
}


def facts_of(recording):
    recording.refresh_from_db()
    return recording.provider, recording.video_id, recording.offset_seconds


def by_save(talk, url):
    return Recording.objects.create(talk=talk, url=url)


def by_bulk(talk, url):
    return Recording.objects.bulk_create([Recording(talk=talk, url=url)])[0]


def by_factory(talk, url):
    return RecordingFactory(talk=talk, url=url, provider="other", video_id="")


@pytest.mark.django_db
@pytest.mark.parametrize("way", [by_save, by_bulk, by_factory])
@pytest.mark.parametrize("url", MADE_OF)
def test_the_address_says_what_a_recording_is(way, url):
    assert facts_of(way(TalkFactory(), url)) == MADE_OF[url]


@pytest.mark.django_db
@pytest.mark.parametrize("url", MADE_OF)
def test_an_address_is_enough_in_both_forms(admin_client, url):
    talk = TalkFactory()
    row = {"recordings-TOTAL_FORMS": 1, "recordings-0-url": url, "recordings-0-position": 0}

    save(admin_client, f"/admin/talks/talk/{talk.pk}/change/", **ROW, **row)
    assert facts_of(talk.recordings.get()) == MADE_OF[url]

    talk.recordings.all().delete()
    save(admin_client, "/admin/talks/recording/add/", talk=talk.pk, url=url)
    assert facts_of(talk.recordings.get()) == MADE_OF[url]


ROW = {
    "recordings-0-provider": "other",
    "recordings-0-video_id": "",
    "recordings-0-language": "",
    "recordings-0-offset_seconds": 0,
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "field"), [({"provider": "vimeo"}, "provider"), ({"video_id": "zzzzzz"}, "video_id")]
)
def test_what_contradicts_the_address_is_said(admin_client, typed, field):
    url = "https://youtu.be/abcdef12345"

    answer = save(
        admin_client, "/admin/talks/recording/add/", talk=TalkFactory().pk, url=url, **typed
    )

    assert "The address says" in errors_of(answer)[field][0]


@pytest.mark.django_db
def test_another_address_brings_its_own_facts(admin_client):
    recording = RecordingFactory(offset_seconds=30)
    page = f"/admin/talks/recording/{recording.pk}/change/"

    save(admin_client, page, url="https://vimeo.com/123456")
    assert facts_of(recording) == ("vimeo", "123456", 30)

    save(admin_client, page, offset_seconds=0)
    assert facts_of(recording) == ("vimeo", "123456", 0)


@pytest.mark.django_db
def test_a_migration_names_hosts_that_are_known(capsys):
    known, unknown = (
        RecordingFactory(),
        RecordingFactory(url="https://a.example/b", provider="other"),
    )
    Recording.objects.filter(pk=known.pk).update(provider="other", video_id="")
    (path,) = Path(migrations.__path__[0]).glob("*_recordings_by_address.py")

    importlib.import_module(f"talks.migrations.{path.stem}")._mend(apps, None)

    assert facts_of(known) == ("youtube", known.video_id, 0)
    assert facts_of(unknown)[0] == "other"
    assert f"Recording {known.pk}: other" in capsys.readouterr().out
