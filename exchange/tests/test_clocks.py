"""By which clock an imported conference is: the one offset of its files, or none."""

import datetime as dt

import pytest

from conferences.models import Conference
from exchange.tests.folders import video
from exchange.tests.reading import codes
from talks.factories import TalkFactory
from talks.models import Talk
from tests.tools.pages import texts

pytestmark = pytest.mark.django_db


def recorded(*moments):
    return {
        f"t{n}": video(title=f"Day {n}", recorded=each, videos=[{"url": f"https://v.example/{n}"}])
        for n, each in enumerate(moments)
    }


def zone_of_the_conference():
    conference = Conference.objects.get()
    return conference.time_zone, conference.time_zone_guessed


def set_zone(name, *, guessed=False):
    Conference.objects.update(time_zone=name, time_zone_guessed=guessed)


@pytest.mark.parametrize(
    ("moment", "zone", "clock"),
    [
        ("2031-05-02T09:20:00+13:00", "+13:00", "09:20"),
        ("2031-05-02T23:50-0930", "-09:30", "23:50"),
        ("2031-05-02 00:10:00 +05:45", "+05:45", "00:10"),
        ("2031-05-02T09:20:00Z", "UTC", "09:20"),
        ("2031-05-02T09:20:00+00:00", "UTC", "09:20"),
        ("2031-05-02T09:20:00.25-12:00", "-12:00", "09:20"),
        ("2031-05-02T09:20:00+14:00", "+14:00", "09:20"),
    ],
)
def test_day_and_hour_are_those_of_the_files_own_clock(import_talks, client, moment, zone, clock):
    import_talks(recorded(moment))

    page = client.get(Talk.objects.get().get_absolute_url())

    assert zone_of_the_conference() == (zone, True)
    assert Talk.objects.get().given_on == dt.date(2031, 5, 2)
    assert texts(page, "time", datetime="2031-05-02") == ["2 May 2031"]
    assert clock in page.content.decode()
    assert "1 May 2031" not in page.content.decode()
    assert "3 May 2031" not in page.content.decode()


@pytest.mark.parametrize(
    ("moments", "found"),
    [
        (["2031-03-29T10:00+01:00", "2031-03-30T10:00+02:00"], "event.offsets"),
        (["2031-05-02 09:20"], "event.naive_times"),
        (["2031-05-02T09:20+23:00"], "talk.offset"),
        (["2031-05-02T09:20-15:59"], "talk.offset"),
    ],
)
def test_no_time_of_day_is_claimed_where_no_clock_is_known(import_talks, client, moments, found):
    result = import_talks(recorded(*moments))

    assert zone_of_the_conference() == ("", False)
    assert codes(result) == [found]
    for talk, moment in zip(Talk.objects.order_by("title"), moments, strict=True):
        assert talk.given_on.isoformat() == moment[:10]
        for address in (talk.get_absolute_url(), talk.conference.get_absolute_url()):
            page = client.get(address).content.decode()
            assert "10:00" not in page
            assert "09:20" not in page
            assert "UTC" not in page


def test_a_later_import_brings_the_clock_and_leaves_what_a_person_typed_on_it(import_talks):
    import_talks(recorded("2031-05-02T09:20+13:00"))
    set_zone("")  # as an earlier version left it
    Conference.objects.get().imported_records.update(digest="", written={"title": "TreeCon 2017"})
    typed = TalkFactory(
        conference=Conference.objects.get(),
        given_on=dt.date(2031, 5, 2),
        starts_at=dt.datetime(2031, 5, 2, 14, tzinfo=dt.UTC),
    )

    import_talks(recorded("2031-05-02T09:20+13:00"))

    typed.refresh_from_db()
    imported = Talk.objects.exclude(pk=typed.pk).get()
    assert zone_of_the_conference() == ("+13:00", True)
    assert typed.starts_at.isoformat() == "2031-05-02T01:00:00+00:00"  # 14:00 there
    assert imported.starts_at.isoformat() == "2031-05-01T20:20:00+00:00"


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "+13:00"])
def test_a_later_import_leaves_a_persons_time_zone(import_talks, zone):
    import_talks(recorded("2031-05-02T09:20+13:00"))
    set_zone(zone)

    result = import_talks(recorded("2031-05-02T09:20+12:00"))

    assert zone_of_the_conference() == (zone, False)
    assert codes(result) == []
    assert Talk.objects.get().starts_at == dt.datetime(2031, 5, 1, 21, 20, tzinfo=dt.UTC)


def test_a_guess_follows_the_files(import_talks):
    import_talks(recorded("2031-05-02T09:20+13:00"))

    import_talks(recorded("2031-05-02T09:20+12:00"))

    assert zone_of_the_conference() == ("+12:00", True)
    assert Talk.objects.get().local_start.isoformat() == "2031-05-02T09:20:00+12:00"


def test_a_zone_that_is_no_longer_in_the_files_stays(import_talks):
    import_talks(recorded("2031-05-02T09:20+13:00"))

    import_talks(recorded("2031-05-02"))

    assert zone_of_the_conference() == ("+13:00", True)
    assert Talk.objects.get().starts_at is None
