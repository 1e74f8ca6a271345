"""The form of a talk in the admin: what it saves, what it refuses, who may use it."""

import datetime as dt

import pytest

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from speakers.factories import SpeakerFactory
from talks.factories import (
    RecordingFactory,
    TagAliasFactory,
    TagFactory,
    TalkFactory,
    TalkLinkFactory,
)
from talks.models import OldTalkSlug, TaggedTalk, Talk
from tests.tools.admin_form import errors_of, fields_of, save

pytestmark = pytest.mark.django_db

ADD = "/admin/talks/talk/add/"


def change(talk):
    return f"/admin/talks/talk/{talk.pk}/change/"


def test_a_talk_is_added_with_all_that_belongs_to_it(admin_client):
    conference, speaker = ConferenceFactory(), SpeakerFactory()

    response = save(
        admin_client,
        ADD,
        title="Tests: why?",
        conference=conference.pk,
        tags="Async, machine learning,async",
        given_on="2017-04-03",
        duration="00:45:00",
        **{
            "credits-0-speaker": speaker.pk,
            "recordings-TOTAL_FORMS": 1,
            "recordings-0-url": "https://video.example/1",
            "recordings-0-provider": "file",
            "recordings-0-offset_seconds": "0",
            "recordings-0-position": "0",
            "links-TOTAL_FORMS": 1,
            "links-0-url": "https://slides.example/1",
            "links-0-kind": "slides",
        },
    )

    assert response.status_code == 302, errors_of(response)
    talk = Talk.objects.get()
    assert (talk.slug, talk.duration) == ("tests-why", dt.timedelta(minutes=45))
    assert [(credit.position, credit.speaker) for credit in talk.credits.all()] == [(0, speaker)]
    assert {tag.name for tag in talk.tags.all()} == {"Async", "machine learning"}
    assert {item.added_by.username for item in talk.tagged.all()} == {"admin"}
    assert talk.recordings.get().url == "https://video.example/1"
    assert talk.links.get().kind == "slides"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        pytest.param("Taken", "taken-2", id="taken"),
        pytest.param("Elsewhere", "elsewhere", id="taken-at-another-conference"),
        pytest.param("Speakers", "speakers-talk", id="one-of-our-own-addresses"),
        pytest.param("---", "talk", id="nothing-left"),
        pytest.param("日本語", "日本語", id="japanese"),
        pytest.param("🐍", "snake", id="emoji"),
        pytest.param("x" * 300, "x" * 120, id="long"),
    ],
)
def test_an_empty_address_is_made_from_the_title(admin_client, title, slug):
    conference = TalkFactory(title="Taken").conference
    TalkFactory(title="Elsewhere")

    save(admin_client, ADD, title=title, conference=conference.pk, slug="")

    assert conference.talks.latest("pk").slug == slug


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        pytest.param(
            {"slug": "Not An Address"},
            {
                "slug": [
                    "Use lower-case letters of any script, digits, hyphens and underscores only."
                ]
            },
            id="address-with-spaces",
        ),
        pytest.param(
            {"slug": "tags"},
            {"__all__": ["This address (slug) is one of the site's own pages."]},
            id="reserved-address",
        ),
        pytest.param(
            {"slug": "taken"},
            {"__all__": ["The conference has a talk with this address already."]},
            id="taken-address",
        ),
        pytest.param(
            {"title": "\u200b"}, {"title": ["This field cannot be blank."]}, id="invisible-title"
        ),
        pytest.param(
            {"conference": ""}, {"conference": ["This field is required."]}, id="no-conference"
        ),
        pytest.param(
            {"starts_at_0": "2017-04-03", "starts_at_1": "10:00", "given_on": ""},
            {"__all__": ["A talk with a start needs the day of the programme."]},
            id="start-without-day",
        ),
        pytest.param(
            {"starts_at_0": "2017-04-03", "starts_at_1": ""},
            {"starts_at": ["Enter a valid time."]},
            id="half-a-start",
        ),
        pytest.param(
            {"duration": "25:00:00"},
            {"__all__": ["A talk lasts longer than nothing and at most 24 hours."]},
            id="long-duration",
        ),
        pytest.param(
            {"tags": "x" * 101},
            {"tags": [f"A tag has at most 100 characters: {'x' * 101}"]},
            id="long-tag",
        ),
        pytest.param(
            {
                "recordings-TOTAL_FORMS": 1,
                "recordings-0-url": "javascript:alert(1)",
                "recordings-0-provider": "other",
                "recordings-0-offset_seconds": "0",
                "recordings-0-position": "0",
            },
            {
                "recordings-0-url": ["Give a whole address that starts with http:// or https://."],
            },
            id="script-as-address",
        ),
    ],
)
def test_what_the_form_refuses(admin_client, fields, errors):
    conference = TalkFactory(slug="taken").conference

    response = save(admin_client, ADD, **{"title": "T", "conference": conference.pk, **fields})

    assert response.status_code == 200
    assert errors_of(response) == errors
    assert Talk.objects.count() == 1


def test_a_changed_address_and_conference_go_on_working(admin_client):
    talk = TalkFactory(slug="old", conference__slug="here")
    there = ConferenceFactory(slug="there")

    save(admin_client, change(talk), slug="newer")
    save(admin_client, change(talk), conference=there.pk)

    talk.refresh_from_db()
    assert (talk.conference, talk.slug) == (there, "newer")
    assert set(talk.old_slugs.values_list("conference__slug", "slug")) == {
        ("here", "old"),
        ("here", "newer"),
    }


def test_an_emptied_address_is_made_anew_and_stays_where_it_fits(admin_client):
    talk = TalkFactory(title="Fits", slug="fits")

    save(admin_client, change(talk), slug="")

    assert (Talk.objects.get().slug, OldTalkSlug.objects.count()) == ("fits", 0)


def test_saving_a_form_as_it_is_changes_nothing(admin_client):
    talk = TalkFactory(
        speakers=[SpeakerFactory(), SpeakerFactory()],
        tags=[TagFactory(name="C++")],
        conference__time_zone="Asia/Kolkata",
        starts_at=dt.datetime(2017, 4, 3, 4, 15, tzinfo=dt.UTC),
        duration=dt.timedelta(minutes=30),
    )
    RecordingFactory(talk=talk)
    before = Talk.objects.values().get()
    tagged = list(talk.tagged.values())

    assert save(admin_client, change(talk)).status_code == 302

    assert Talk.objects.values().get() == before
    assert list(talk.tagged.values()) == tagged
    history = admin_client.get(f"/admin/talks/talk/{talk.pk}/history/").content.decode()
    assert "No fields changed." in history


@pytest.mark.parametrize(
    ("zone", "typed", "stored"),
    [
        pytest.param("Asia/Kolkata", "10:00", dt.datetime(2017, 4, 3, 4, 30), id="named"),
        pytest.param("-03:30", "10:00", dt.datetime(2017, 4, 3, 13, 30), id="offset"),
        pytest.param("", "10:00", dt.datetime(2017, 4, 3, 10, 0), id="unknown-is-utc"),
        pytest.param("Europe/Lisbon", "10:00", dt.datetime(2017, 4, 3, 9, 0), id="summer-time"),
    ],
)
def test_a_start_is_by_the_clock_of_the_conference(admin_client, settings, zone, typed, stored):
    settings.TIME_ZONE = "Europe/Berlin"
    conference = ConferenceFactory(time_zone=zone)

    save(
        admin_client,
        ADD,
        title="T",
        conference=conference.pk,
        given_on="2017-04-03",
        starts_at_0="2017-04-03",
        starts_at_1=typed,
    )

    talk = Talk.objects.get()
    shown = fields_of(admin_client.get(change(talk)))
    assert talk.starts_at == stored.replace(tzinfo=dt.UTC)
    assert (shown["starts_at_0"], shown["starts_at_1"]) == ("2017-04-03", "10:00:00")


def test_two_speakers_change_places_in_one_save(admin_client):
    first, second = SpeakerFactory(name="First"), SpeakerFactory(name="Second")
    talk = TalkFactory(speakers=[first, second])

    response = save(
        admin_client, change(talk), **{"credits-0-position": 1, "credits-1-position": 0}
    )

    assert response.status_code == 302, errors_of(response)
    assert [credit.speaker for credit in talk.credits.all()] == [second, first]


def test_a_speaker_without_a_place_comes_last(admin_client):
    talk = TalkFactory(speakers=[SpeakerFactory(), SpeakerFactory()])
    third = SpeakerFactory()

    save(admin_client, change(talk), **{"credits-2-speaker": third.pk})

    assert list(talk.credits.values_list("position", "speaker"))[-1] == (2, third.pk)


def test_a_speaker_is_taken_out(admin_client):
    first, second = SpeakerFactory(), SpeakerFactory()
    talk = TalkFactory(speakers=[first, second])

    save(admin_client, change(talk), **{"credits-0-DELETE": "on", "credits-1-position": 0})

    assert list(talk.credits.values_list("position", "speaker")) == [(0, second.pk)]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        pytest.param(
            {"credits-1-position": 0},
            {"credits": ["Two speakers have the same place."]},
            id="same-place",
        ),
        pytest.param(
            {"credits-1-speaker": "first"},
            {
                "credits": ["Please correct the duplicate data for speaker."],
                "credits-1-__all__": ["Please correct the duplicate values below."],
            },
            id="same-person",
        ),
        pytest.param(
            {"credits-1-speaker": "first", "credits-0-DELETE": "on"},
            {"credits-1-speaker": ["This is there already."]},
            id="same-person-in-place-of-another",
        ),
        pytest.param(
            {"credits-0-speaker": "second", "credits-1-speaker": "first"},
            {
                "credits-0-speaker": ["This is there already."],
                "credits-1-speaker": ["This is there already."],
            },
            id="persons-exchanged",
        ),
        pytest.param(
            {"credits-1-position": -1},
            {"credits-1-position": ["Ensure this value is greater than or equal to 0."]},
            id="negative-place",
        ),
        pytest.param(
            {"credits-1-speaker": "999999"},
            {
                "credits-1-speaker": [
                    "Select a valid choice. That choice is not one of the available choices."
                ]
            },
            id="no-such-person",
        ),
    ],
)
def test_what_the_speakers_of_a_talk_refuse(admin_client, fields, errors):
    first, second = SpeakerFactory(), SpeakerFactory()
    talk = TalkFactory(speakers=[first, second])
    people = {"first": first.pk, "second": second.pk}
    fields = {name: people.get(value, value) for name, value in fields.items()}

    response = save(admin_client, change(talk), **fields)

    assert response.status_code == 200
    assert errors_of(response) == errors
    assert list(talk.credits.values_list("position", "speaker")) == [(0, first.pk), (1, second.pk)]


def test_a_recording_or_link_is_there_once(admin_client):
    talk = TalkFactory()
    recording, link = RecordingFactory(talk=talk), TalkLinkFactory(talk=talk)

    response = save(
        admin_client,
        change(talk),
        **{
            "recordings-TOTAL_FORMS": 2,
            "recordings-1-url": f" {recording.url} ",
            "recordings-1-provider": "other",
            "recordings-1-offset_seconds": "0",
            "recordings-1-position": "0",
            "links-TOTAL_FORMS": 2,
            "links-1-url": link.url,
            "links-1-kind": "page",
        },
    )

    assert errors_of(response) == {
        "recordings-1-url": ["This is there already."],
        "links-1-url": ["This is there already."],
    }


def test_addresses_that_differ_in_capitals_are_two(admin_client):
    talk = TalkFactory()
    RecordingFactory(talk=talk, url="https://video.example/?v=AbC")

    response = save(
        admin_client,
        change(talk),
        **{
            "recordings-TOTAL_FORMS": 2,
            "recordings-1-url": "https://video.example/?v=aBc",
            "recordings-1-provider": "other",
            "recordings-1-offset_seconds": "0",
            "recordings-1-position": "1",
        },
    )

    assert response.status_code == 302, errors_of(response)
    assert talk.recordings.count() == 2


def test_new_tags_in_a_form_need_the_permission_to_add_tags(client):
    talk = TalkFactory(tags=[TagFactory(name="async")])
    TagAliasFactory(tag=TagFactory(name="PostgreSQL"), name="postgres")
    client.force_login(
        UserFactory(staff=True, permissions=["talks.view_talk", "talks.change_talk"])
    )

    refused = save(client, change(talk), tags="async, brand new")
    accepted = save(client, change(talk), tags="Async, Postgres")

    assert errors_of(refused) == {
        "tags": ["There is no tag “brand new”, and new ones cannot be made here."]
    }
    assert accepted.status_code == 302
    assert {tag.name for tag in talk.tags.all()} == {"async", "PostgreSQL"}


def test_who_may_only_look_cannot_save(client):
    talk = TalkFactory(title="Kept", tags=[TagFactory(name="async")])
    client.force_login(UserFactory(staff=True, permissions=["talks.view_talk"]))

    page = client.get(change(talk))
    status = client.post(change(talk), {"title": "Lost", "tags": ""}).status_code

    assert (page.status_code, status) == (200, 403)
    assert "async" in page.content.decode()
    assert (Talk.objects.get().title, TaggedTalk.objects.count()) == ("Kept", 1)


def test_who_lost_the_right_is_refused_at_the_next_request(client):
    talk = TalkFactory()
    curator = UserFactory(superuser=True)
    client.force_login(curator)
    assert client.get(change(talk)).status_code == 200

    curator.is_active = False
    curator.save()

    assert client.get(change(talk)).status_code == 302
