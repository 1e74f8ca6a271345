"""Who follows a calendar is told of every change of what its events say."""

import datetime as dt
import re
from dataclasses import fields

import pytest
from django.db import connection, transaction

from conferences.factories import ConferenceFactory
from conferences.models import Conference
from foundation.models.old_addresses import change_address
from foundation.pages.icalendar import Event
from speakers.factories import SpeakerFactory
from speakers.models import Speaker
from talks.addresses import rename_talk
from talks.factories import TagFactory, TalkFactory
from talks.models import EventRevision, Talk, TalkSpeaker
from talks.tagging.verbs import add_tags

pytestmark = pytest.mark.django_db(transaction=True)
START = dt.datetime(2017, 4, 3, 9, 30, tzinfo=dt.UTC)
LATER = START + dt.timedelta(hours=1)
DAY, NEXT_DAY = dt.date(2017, 4, 3), dt.date(2017, 4, 4)


@pytest.fixture
@transaction.atomic
def talk():
    conference = ConferenceFactory(title="Conf", slug="conf", city="Lisbon", country="PT")
    return TalkFactory(
        conference=conference,
        title="Tests",
        slug="tests",
        starts_at=START,
        speakers=[SpeakerFactory(name="Ada")],
    )


def events_at(client, path):
    """Return by their ids what a calendar says of its events: their changes, and all lines."""
    response = client.get(path)
    assert response.status_code == 200
    text = response.content.replace(b"\r\n ", b"").decode()
    found = {}
    for block in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL):
        event = dict(line.split(":", 1) for line in block.split("\r\n")[:-1])
        assert event["LAST-MODIFIED"] == event["DTSTAMP"]
        number, stamp = int(event.pop("SEQUENCE")), event.pop("LAST-MODIFIED")
        event.pop("DTSTAMP")
        found[event.pop("UID").partition("@")[0]] = (number, stamp, event)
    return found


def events(client, slug="conf"):
    return events_at(client, f"/conferences/{slug}/calendar.ics")


def long_ago():
    """Let what was written be long over, so that a new moment differs by more than a second."""
    past = dt.datetime(2017, 1, 1, tzinfo=dt.UTC)
    Talk.objects.update(created_at=past)
    Conference.objects.update(created_at=past)
    EventRevision.objects.update(changed_at=past)


def by_sql(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _bulk(model, **values):
    row = model.objects.get()
    for name, value in values.items():
        setattr(row, name, value)
    model.objects.bulk_update([row], list(values))


CHANGES = {
    "title": lambda talk: Talk.objects.update(title="Other"),
    "start": lambda talk: by_sql("UPDATE talks_talk SET starts_at = starts_at + interval '1 hour'"),
    "duration": lambda talk: _bulk(Talk, duration=dt.timedelta(minutes=30)),
    "room": lambda talk: Talk.objects.update(room="Elsewhere"),
    "cancelled": lambda talk: Talk.objects.update(is_cancelled=True),
    "day only": lambda talk: Talk.objects.update(starts_at=LATER, given_on=NEXT_DAY),
    "address": lambda talk: rename_talk(talk, slug="other"),
    "speaker leaves": lambda talk: TalkSpeaker.objects.all().delete(),
    "speaker comes": lambda talk: TalkSpeaker.objects.create(
        talk=talk, speaker=SpeakerFactory(name="Zoe"), position=1
    ),
    "speaker is credited": lambda talk: TalkSpeaker.objects.update(credited_as="A. L."),
    "speaker is renamed": lambda talk: Speaker.objects.update(name="Ada L."),
    "speaker is another": lambda talk: TalkSpeaker.objects.update(speaker=SpeakerFactory()),
    "instead of speakers": lambda talk: (
        TalkSpeaker.objects.all().delete(),
        Talk.objects.update(speakers_note="Various"),
    ),
    "conference's title": lambda talk: Conference.objects.update(title="Renamed"),
    "conference's city": lambda talk: _bulk(Conference, city="Porto"),
    "conference's country": lambda talk: Conference.objects.update(country="ES"),
    "conference's address": lambda talk: change_address(talk.conference, slug="conf-2"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_of_what_an_event_says_is_told(client, talk, change):
    long_ago()
    number, stamp, said = events(client)[f"talk-{talk.pk}"]

    change(talk)

    talk = Talk.objects.select_related("conference").get()
    shown = events(client, talk.conference.slug)[f"talk-{talk.pk}"]
    alone = events_at(client, f"{talk.get_absolute_url()}calendar.ics")[f"talk-{talk.pk}"]
    assert shown[2] != said
    assert shown[0] > number
    assert shown[1] > stamp
    assert alone == shown


def test_all_that_an_event_can_say_is_among_the_changes():
    told = {"summary", "start", "end", "location", "description", "url", "is_cancelled"}

    assert {field.name for field in fields(Event)} - {"name", "stamp", "changes"} == told


NO_CHANGES = {
    "abstract": lambda talk: Talk.objects.update(abstract="Told again"),
    "track": lambda talk: Talk.objects.update(track="Web"),
    "the same": lambda talk: Talk.objects.get().save(),
    "tags": lambda talk: add_tags(Talk.objects.all(), [TagFactory()], by=None),
    "another's name": lambda talk: SpeakerFactory(name="Zoe").save(),
    "website": lambda talk: Conference.objects.update(website="https://conf.example/"),
}


@pytest.mark.parametrize("change", NO_CHANGES.values(), ids=NO_CHANGES)
def test_what_no_event_says_changes_nothing(client, talk, change):
    before = events(client)

    change(talk)

    assert events(client) == before
    assert not EventRevision.objects.exists()


def test_what_is_made_in_one_transaction_has_not_changed(client):
    with transaction.atomic():
        talk = TalkFactory(conference__slug="conf", speakers=[SpeakerFactory(name="Ada")])
        TalkFactory(conference=talk.conference)
        Talk.objects.update(room="Hall")
        Speaker.objects.update(name="Zoe")
        Conference.objects.update(city="Porto")

    assert not EventRevision.objects.exists()
    assert [number for number, _stamp, _said in events(client).values()] == [0]


def test_a_cancelled_talk_that_is_given_after_all_has_changed_twice(client, talk):
    for is_cancelled in (True, False):
        Talk.objects.update(is_cancelled=is_cancelled)

    number, _stamp, said = events(client)[f"talk-{talk.pk}"]

    assert (number, "STATUS" in said) == (2, False)


def test_a_talk_at_another_conference_never_counts_back(client, talk):
    for city in ("Porto", "Braga", "Faro"):
        Conference.objects.update(city=city)
    before = events(client)[f"talk-{talk.pk}"][0]

    Talk.objects.update(conference=ConferenceFactory(slug="other"))

    assert events(client, "other")[f"talk-{talk.pk}"][0] > before


@pytest.mark.parametrize(
    "change",
    [
        lambda talk: Talk.objects.filter(title="One").update(title="First"),
        lambda talk: Talk.objects.filter(title="One").update(is_cancelled=True),
        lambda talk: Talk.objects.filter(title="One").update(given_on=NEXT_DAY),
        lambda talk: Talk.objects.filter(title="One").update(given_on=None),
        lambda talk: Talk.objects.filter(title="One").update(starts_at=LATER),
        lambda talk: Talk.objects.filter(title="One").delete(),
        lambda talk: TalkFactory(conference=talk.conference),
        lambda talk: Talk.objects.filter(title="Tests").update(starts_at=None),
        lambda talk: Talk.objects.bulk_create([Talk(conference=talk.conference, title="New",
                                                    slug="a", given_on=DAY)]),
        lambda talk: Conference.objects.update(title="Renamed"),
    ],
)  # fmt: skip
def test_the_event_of_a_day_changes_with_the_talks_it_names(client, talk, change):
    TalkFactory(conference=talk.conference, title="One")
    TalkFactory(conference=talk.conference, title="Two")
    name = f"day-{talk.conference_id}-2017-04-03"
    number, _stamp, said = events(client)[name]

    change(talk)

    shown = events(client)[name]
    assert shown[2] != said
    assert shown[0] > number


def test_a_conference_without_days_of_talks_changes_with_its_own(client):
    conference = ConferenceFactory(slug="conf")
    before = events(client)[f"conference-{conference.pk}"]

    Conference.objects.update(ends_on=dt.date(2017, 4, 6))

    after = events(client)[f"conference-{conference.pk}"]
    assert (before[0], after[0], after[2] != before[2]) == (0, 1, True)


def test_a_deleted_talk_leaves_the_calendar_and_its_id_is_nobody_elses(client, talk):
    kept = TalkFactory(conference=talk.conference, starts_at=LATER)
    Talk.objects.filter(pk=talk.pk).update(room="Hall")

    Talk.objects.get(pk=talk.pk).delete()
    new = TalkFactory(conference=kept.conference, starts_at=START)

    assert set(events(client)) == {f"talk-{kept.pk}", f"talk-{new.pk}"}
    assert new.pk > kept.pk
    assert EventRevision.objects.filter(pk=f"talk-{talk.pk}").exists()
