"""One row of every model of the admin, and where its pages are."""

import datetime as dt

from axes.models import AccessAttempt, AccessLog
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.factories import UserFactory
from accounts.models import User
from conferences.factories import ConferenceFactory, SeriesFactory
from exchange.models import ImportedRecord, ImportRun, ImportSource
from images.factories import ImageFactory
from recaps.factories import RecapFactory
from recaps.models import StartText
from speakers.factories import SpeakerAliasFactory, SpeakerFactory
from talks.factories import (
    RecordingFactory,
    TagAliasFactory,
    TagFactory,
    TalkFactory,
    TalkLinkFactory,
)


def a_talk():
    return TalkFactory(
        speakers=[SpeakerFactory(), SpeakerFactory()], tags=[TagFactory(), TagFactory()]
    )


def an_imported_record():
    run = an_import_run()
    return ImportedRecord.objects.create(
        source=run.source, kind="talk", external_id=str(run.pk), talk=TalkFactory(), digest="d"
    )


def an_import_run():
    source = ImportSource.objects.create(kind="pyvideo", locator=f"event {dt.datetime.now()}")
    return ImportRun.objects.create(source=source, by=UserFactory())


def a_follow_up():
    """One of the person's who looks: they see their own alone."""
    author = User.objects.filter(is_superuser=True).first()
    return RecapFactory(author=author, body="- [ ] try it").follow_ups.get()


def a_recording():
    """At a host that is not known, whose address says nothing of the other fields."""
    return RecordingFactory(url="https://videos.example/1", provider="other", video_id="one")


ROWS = {
    "accounts.user": UserFactory,
    "auth.group": lambda: Group.objects.create(name=f"role {Group.objects.count()}"),
    "axes.accessattempt": lambda: AccessAttempt.objects.create(
        username=f"u{AccessAttempt.objects.count()}", failures_since_start=1
    ),
    "axes.accesslog": lambda: AccessLog.objects.create(username="u"),
    "conferences.conference": lambda: ConferenceFactory(series=SeriesFactory()),
    "conferences.series": lambda: ConferenceFactory(series=SeriesFactory()).series,
    "exchange.importedrecord": an_imported_record,
    "exchange.importrun": an_import_run,
    "exchange.importsource": lambda: an_import_run().source,
    "images.image": ImageFactory,
    "recaps.followup": a_follow_up,
    "recaps.starttext": lambda: StartText.objects.get_or_create(kind="talk")[0],
    "recaps.recap": lambda: RecapFactory(talk=a_talk()),
    "speakers.speaker": lambda: SpeakerAliasFactory().speaker,
    "speakers.speakeralias": SpeakerAliasFactory,
    "talks.recording": a_recording,
    "talks.tag": lambda: TagAliasFactory().tag,
    "talks.tagalias": TagAliasFactory,
    "talks.talk": a_talk,
    "talks.talklink": TalkLinkFactory,
}
REGISTRY = {model._meta.label_lower: (model, of) for model, of in admin.site._registry.items()}


def address(label, which, *args):
    """Return the address of a model's page: "changelist", "add", "change" …"""
    return reverse(f"admin:{label.replace('.', '_')}_{which}", args=args)
