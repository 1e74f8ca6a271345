"""Deletions have no way back: what notes hang on is not deleted, and the page says what to do."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, models, transaction
from django.utils.html import escape

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory, SeriesFactory
from foundation.models.on_delete import protect_what_people_added
from images.factories import ImageFactory
from recaps.factories import RecapFactory
from recaps.models import Mention
from speakers.factories import SpeakerFactory
from talks.factories import TagFactory, TalkFactory
from talks.models import TaggedTalk
from talks.tagging.verbs import set_tags
from tests.tools.admin_rows import REGISTRY, ROWS, address

pytestmark = pytest.mark.django_db
# What is a part of its object and goes with it: no notes, and nothing a person wrote apart.
PARTS = {
    "accounts.oldauthorslug.user",
    "accounts.user_groups.user",
    "accounts.user_groups.group",
    "accounts.user_user_permissions.user",
    "auth.group_permissions.group",
    "conferences.oldconferenceslug.conference",
    "conferences.oldseriesslug.series",
    "recaps.oldrecapslug.recap",
    "speakers.speakeralias.speaker",
    "talks.oldtagslug.tag",
    "talks.oldtalkslug.conference",
    "talks.oldtalkslug.talk",
    "talks.recording.talk",
    "talks.tagalias.tag",
    "talks.talklink.talk",
    "talks.talkspeaker.talk",
    # Of a recap, which goes to the bin whole.
    "recaps.followup.recap",
    "recaps.mention.recap",
    "recaps.recapversion.recap",
    "recaps.taggedrecap.content_object",
    "recaps.workingcopy.recap",
    # What programs keep about a thing.
    "axes.accessattemptexpiration.access_attempt",
    "exchange.importedrecord.changed_by",
    "exchange.importedrecord.conference",
    "exchange.importedrecord.source",
    "exchange.importedrecord.talk",
    "exchange.importrun.source",
    # Of a person without history, whom only superusers delete.
    "exchange.importrun.by",
    "recaps.taggedrecap.added_by",
    "recaps.workingcopy.author",
    "talks.taggedtalk.added_by",
    # History, which the database keeps: see `append_only`.
    "admin.logentry.user",
}
_REFUSED = (models.PROTECT, models.RESTRICT, protect_what_people_added)


def _mentioned(**thing):
    Mention.objects.create(recap=RecapFactory(), **thing)
    return next(iter(thing.values()))


def _tagged_by_a_person():
    talk = TalkFactory()
    set_tags(talk, ["async"], by=UserFactory())
    return talk


def _person_with_history():
    user = UserFactory()
    LogEntry.objects.create(user=user, action_flag=2, object_repr="x", object_id="1")
    return user


HANGING = {
    "recap of a talk": lambda: ("talks.talk", RecapFactory(talk=TalkFactory()).talk),
    "mention of a talk": lambda: ("talks.talk", _mentioned(talk=TalkFactory())),
    "tag of a talk": lambda: ("talks.talk", _tagged_by_a_person()),
    "talk with a tag": lambda: ("talks.tag", TalkFactory(tags=[TagFactory()]).tags.get()),
    "mention of a tag": lambda: ("talks.tag", _mentioned(tag=TagFactory())),
    "talk of a conference": lambda: ("conferences.conference", TalkFactory().conference),
    "recap of a conference": lambda: (
        "conferences.conference",
        RecapFactory(talk=None, conference=ConferenceFactory(), title="All of it").conference,
    ),
    "mention of a conference": lambda: (
        "conferences.conference",
        _mentioned(conference=ConferenceFactory()),
    ),
    "edition of a series": lambda: (
        "conferences.series",
        ConferenceFactory(series=SeriesFactory()).series,
    ),
    "talk of a speaker": lambda: (
        "speakers.speaker",
        TalkFactory(speakers=[SpeakerFactory()]).speakers.get(),
    ),
    "mention of a speaker": lambda: ("speakers.speaker", _mentioned(speaker=SpeakerFactory())),
    "recap of an author": lambda: ("accounts.user", RecapFactory().author),
    "history of a person": lambda: ("accounts.user", _person_with_history()),
    "image of an uploader": lambda: ("accounts.user", ImageFactory().uploaded_by),
}


@pytest.fixture(params=HANGING)
def hung_on(request):
    return HANGING[request.param]()


def test_a_row_with_something_on_it_is_not_deleted_by_itself(admin_client, hung_on):
    label, row = hung_on
    page = admin_client.post(address(label, "delete", row.pk), {"post": "yes"})

    assert page.status_code == 200
    assert "Nothing was deleted, because something hangs on it: 1 " in page.content.decode()
    assert escape(str(REGISTRY[label][1].instead_of_deleting)) in page.content.decode()
    assert type(row).objects.filter(pk=row.pk).exists()


def test_a_row_with_something_on_it_is_not_deleted_with_others(admin_client, hung_on):
    label, row = hung_on
    other = ROWS[label]()
    chosen = {"action": "delete_selected", "_selected_action": [row.pk, other.pk], "post": "yes"}
    page = admin_client.post(address(label, "changelist"), chosen)

    assert "Nothing was deleted, because something hangs on it: " in page.content.decode()
    assert type(row).objects.filter(pk__in=[row.pk, other.pk]).count() == 2


def _delete_in_sql(row):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_refuses_it_too(hung_on):
    with pytest.raises(IntegrityError), transaction.atomic():
        _delete_in_sql(hung_on[1])


def test_what_came_to_hang_on_it_meanwhile_is_found(admin_client, monkeypatch):
    talk = RecapFactory(talk=TalkFactory()).talk
    model_admin = REGISTRY["talks.talk"][1]
    looks = iter([([], {}, set(), []), model_admin.get_deleted_objects])

    def look(rows, request):
        first = next(looks, model_admin.get_deleted_objects)
        return (
            first
            if isinstance(first, tuple)
            else type(model_admin).get_deleted_objects(model_admin, rows, request)
        )

    monkeypatch.setattr(model_admin, "get_deleted_objects", look)
    page = admin_client.post(address("talks.talk", "delete", talk.pk), {"post": "yes"})

    assert "Nothing was deleted" in page.content.decode()


@pytest.mark.parametrize(
    ("label", "make"),
    [
        ("talks.talk", lambda: TalkFactory(tags=[TagFactory()], speakers=[SpeakerFactory()])),
        ("talks.tag", TagFactory),
        ("conferences.conference", ConferenceFactory),
        ("conferences.series", SeriesFactory),
        ("speakers.speaker", SpeakerFactory),
        ("accounts.user", UserFactory),
    ],
)
def test_what_nothing_hangs_on_may_go(admin_client, label, make):
    row = make()
    assert admin_client.post(address(label, "delete", row.pk), {"post": "yes"}).status_code == 302
    assert not type(row).objects.filter(pk=row.pk).exists()
    assert not TaggedTalk.objects.exists()


@pytest.mark.parametrize("label", REGISTRY)
def test_whatever_leads_to_a_row_protects_it_or_is_a_part_of_it(label):
    """A new relation to anything of the admin is thought about: it is refused, or entered here."""
    model, model_admin = REGISTRY[label]
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.one_to_many or relation.one_to_one) or not relation.auto_created:
            continue
        name = f"{relation.related_model._meta.label_lower}.{relation.field.name}"
        kept_apart = relation.on_delete is models.DO_NOTHING
        assert relation.on_delete in _REFUSED or kept_apart or name in PARTS, name
    assert model_admin.instead_of_deleting
    assert model_admin.delete_confirmation_template == "admin/delete_one.html"
    assert model_admin.delete_selected_confirmation_template == "admin/delete_some.html"
