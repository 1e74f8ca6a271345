"""A conference gets another time zone: what becomes of the times of its talks."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.contrib import admin

from conferences.factories import ConferenceFactory
from conferences.models import Conference
from conferences.time_zones import TalkTimes, change_time_zone
from exchange.models import ImportedRecord, ImportSource
from talks.factories import TalkFactory
from talks.models import Talk
from tests.tools.admin_form import save

pytestmark = pytest.mark.django_db
CHANGE = "/admin/conferences/conference/{}/change/"
BERLIN = ZoneInfo("Europe/Berlin")
DAY = dt.date(2017, 4, 3)


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


def clocks(conference):
    rows = Talk.objects.filter(conference=conference).exclude(starts_at=None).order_by("title")
    return [f"{talk.local_start:%d %H:%M:%S.%f}" for talk in rows.select_related("conference")]


def held(zone, *starts):
    conference = ConferenceFactory(time_zone=zone)
    for number, start in enumerate(starts):
        TalkFactory(conference=conference, title=f"{number}", given_on=DAY, starts_at=start)
    TalkFactory(conference=conference, title="untimed", starts_at=None)
    other = ConferenceFactory(time_zone=zone)
    TalkFactory(conference=other, title="elsewhere", starts_at=utc(2017, 4, 3, 10))
    return conference


def give(client, conference, zone, **answers):
    response = save(client, CHANGE.format(conference.pk), time_zone=zone, **answers)
    assert response.status_code == 302
    page = client.get(CHANGE.format(conference.pk)).content.decode()
    conference.refresh_from_db()
    return page


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("", "America/New_York"),
        ("UTC", "Asia/Kolkata"),
        ("Europe/Berlin", "Pacific/Auckland"),
        ("+13:00", "-09:30"),
        ("Europe/Berlin", "Europe/Paris"),
    ],
)
def test_times_stay_on_the_clock(admin_client, was, becomes):
    conference = held(was, utc(2017, 4, 3, 10), utc(2017, 4, 3, 21, 30, 15, 250))
    before = clocks(held(was or "UTC", utc(2017, 4, 3, 10), utc(2017, 4, 3, 21, 30, 15, 250)))

    page = give(admin_client, conference, becomes)

    assert conference.time_zone == becomes
    assert clocks(conference) == before
    assert "2 talks keep their times on the clock." in page
    elsewhere = Talk.objects.filter(title="elsewhere").values_list("starts_at", flat=True)
    assert set(elsewhere) == {utc(2017, 4, 3, 10)}


def test_moments_stay_where_the_person_says_so(admin_client):
    conference = held("Europe/Berlin", utc(2017, 4, 3, 10), utc(2017, 4, 3, 12))

    page = give(admin_client, conference, "Asia/Kolkata", talk_times="moment")

    assert clocks(conference) == ["03 15:30:00.000000", "03 17:30:00.000000"]
    assert "2 talks keep their moments, and are shown by the new clock." in page


def test_the_page_says_before_what_happens_to_how_many(admin_client):
    conference = held("Europe/Berlin", utc(2017, 4, 3, 10), utc(2017, 4, 3, 12))
    empty = ConferenceFactory()

    page = admin_client.get(CHANGE.format(conference.pk)).content.decode()

    assert "2 talks have a time, by the clock of Europe/Berlin." in page
    assert "No talk has a time yet." in admin_client.get(CHANGE.format(empty.pk)).content.decode()
    assert (
        "talk_times"
        not in admin_client.get(CHANGE.format("x").replace("x/change", "add")).content.decode()
    )


def test_a_form_without_another_zone_leaves_all_times(admin_client):
    conference = held("Europe/Berlin", utc(2017, 4, 3, 10))

    page = give(admin_client, conference, "Europe/Berlin", talk_times="clock", city="Berlin")

    assert clocks(conference) == ["03 12:00:00.000000"]
    assert "on the clock." not in page


def test_what_an_import_gave_as_a_moment_stays_one_while_no_zone_was_known(admin_client):
    conference = held("", utc(2017, 4, 3, 8), utc(2017, 4, 3, 10))
    imported = Talk.objects.get(title="0", conference=conference)
    source = ImportSource.objects.create(kind="pyvideo", locator="x")
    ImportedRecord.objects.create(
        source=source,
        kind="talk",
        external_id="0",
        talk=imported,
        written={"starts_at": "2017-04-03T08:00:00+00:00"},
    )

    before = admin_client.get(CHANGE.format(conference.pk)).content.decode()
    page = give(admin_client, conference, "Europe/Berlin")

    assert "1 of them came with its moment from an import, and keeps that." in before
    assert clocks(conference) == ["03 10:00:00.000000", "03 10:00:00.000000"]
    assert "1 talk keeps its time on the clock. 1 talk keeps its moment" in page


def test_a_time_that_comes_twice_or_never_on_the_new_clock():
    conference = held("UTC", utc(2017, 10, 29, 2, 30), utc(2017, 3, 26, 2, 30))

    conference.time_zone = "Europe/Berlin"
    change_time_zone(conference, keep=TalkTimes.CLOCK)
    conference.save()

    starts = Talk.objects.filter(conference=conference, starts_at__isnull=False).order_by("title")
    assert [talk.starts_at for talk in starts] == [
        utc(2017, 10, 29, 0, 30),  # the first of two
        utc(2017, 3, 26, 1, 30),  # 03:30: as much later as the clocks are put forward
    ]


def test_there_and_back_again_leaves_every_time_on_the_clock():
    starts = [utc(2017, 10, 28, 22) + dt.timedelta(minutes=30 * n) for n in range(12)]
    conference = held("Europe/Berlin", *starts)

    for zone in ("Europe/Paris", "America/New_York", "Europe/Berlin"):
        conference.time_zone = zone
        change_time_zone(conference, keep=TalkTimes.CLOCK)
        conference.save()

    now = Talk.objects.filter(conference=conference, starts_at__isnull=False)
    assert {talk.local_start.replace(tzinfo=None) for talk in now} == {
        start.astimezone(BERLIN).replace(tzinfo=None) for start in starts
    }


@pytest.mark.walks
def test_the_cost_does_not_grow_with_the_talks(django_assert_max_num_queries):
    conference = held("UTC", *(utc(2017, 4, 3, 8) + dt.timedelta(minutes=n) for n in range(300)))

    conference.time_zone = "Europe/Berlin"
    with django_assert_max_num_queries(6 + 4):
        moved = change_time_zone(conference, keep=TalkTimes.CLOCK)

    assert moved.on_the_clock == 300


def test_no_other_page_of_the_admin_writes_a_time_zone():
    for model_admin in admin.site._registry.values():
        assert "time_zone" not in getattr(model_admin, "list_editable", ())
        fields = [field.name for field in model_admin.model._meta.fields]
        assert "time_zone" not in fields or model_admin.model is Conference
