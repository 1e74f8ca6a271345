"""Which moment a clock means, in every zone and every hour that a change of clocks touches."""

import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from foundation.models.form_fields import MomentFormField
from foundation.text.wall_clock import moment_of, moments_of

HALF_HOUR = dt.timedelta(minutes=30)
YEARS = (2011, 2026)  # in 2011 a whole day was left out, in Samoa
DAYS = {
    y: [dt.datetime(y, 1, 1, tzinfo=dt.UTC) + dt.timedelta(n) for n in range(366)] for y in YEARS
}


def zones_by_behaviour():
    """Return one name of a zone for each way of changing the clock in those years."""
    names = {}
    for name in sorted(available_timezones()):
        names.setdefault(tuple(changes_of(ZoneInfo(name), 2011)), name)
        names.setdefault(tuple(changes_of(ZoneInfo(name), 2026)), name)
    return sorted({*names.values()})


def changes_of(zone, year):
    """Return moments on both sides of each change of the zone's clock in a year."""
    offsets = [day.astimezone(zone).utcoffset() for day in DAYS[year]]
    for day, before, after in zip(DAYS[year], offsets, offsets[1:], strict=False):
        if before != after:
            yield from (day + n * HALF_HOUR for n in range(-6, 54))


class Form(forms.Form):
    """A form with a moment."""

    at = MomentFormField(required=False)


def sent(shown):
    return {f"at_{n}": str(part) for n, part in enumerate(shown)}


@pytest.mark.parametrize("name", zones_by_behaviour())
def test_an_unchanged_moment_stays_what_it_was(name):
    zone = ZoneInfo(name)
    for moment in [each for year in YEARS for each in changes_of(zone, year)]:
        exact = moment.replace(microsecond=123_456)
        with timezone.override(zone):
            shown = Form(initial={"at": exact})["at"].value()
            form = Form(sent(shown), initial={"at": exact})

            assert form.is_valid(), (exact, form.errors)
            assert (form.cleaned_data["at"], form.has_changed()) == (exact, False)


@pytest.mark.parametrize("name", zones_by_behaviour())
def test_a_moment_typed_as_another_one_is_shown_is_that_one(name):
    zone = ZoneInfo(name)
    for moment in changes_of(zone, 2026):
        with timezone.override(zone):
            shown = Form(initial={"at": moment})["at"].value()
            form = Form(sent(shown), initial={"at": moment - dt.timedelta(days=40)})

            assert form.is_valid(), (moment, form.errors)
            assert form.cleaned_data["at"] == moment


@pytest.mark.parametrize(
    ("zone", "typed", "said"),
    [
        ("Europe/Berlin", ("2026-03-29", "02:30"), "29 March 2026, 02:30 does not exist"),
        ("America/New_York", ("2026-03-08", "02:00"), "8 March 2026, 02:00 does not exist"),
        ("Pacific/Apia", ("2011-12-30", "12:00"), "30 December 2011, 12:00 does not exist"),
        ("Africa/Cairo", ("2026-04-24", "00:00"), "24 April 2026, 00:00 does not exist"),
        ("Europe/Berlin", ("2026-10-25", "02:30"), "as 02:30+02:00 for the first one"),
        ("Australia/Lord_Howe", ("2026-04-05", "01:45"), "as 01:45+11:00 for the first one"),
        ("Europe/Berlin", ("2026-10-25", "02:30+05:00"), "is +02:00, +01:00 from UTC"),
        ("Europe/Berlin", ("2026-10-26", "02:30 +0200"), "is +01:00 from UTC"),
        ("Europe/Berlin", ("2026-10-25", "02:30+99:00"), "Enter a valid time."),
        ("Europe/Berlin", ("2026-10-25", "+02:00"), "Enter a valid time."),
        ("Europe/Berlin", ("2026-10-25", ""), "Enter a valid time."),
        ("Europe/Berlin", ("", "02:30"), "Enter a valid date."),
        ("America/New_York", ("9999-12-31", "23:59"), "Give a moment from"),
        ("Europe/Berlin", ("0001-01-01", "00:00"), "Give a moment from"),
    ],
)
def test_a_moment_that_is_not_one_is_refused_by_name(zone, typed, said):
    with timezone.override(ZoneInfo(zone)):
        form = Form(sent(typed))
        [error] = form.errors["at"]

    assert said in error
    assert zone in error or error.startswith(("Enter a valid", "Give a moment"))


@pytest.mark.parametrize(
    ("time", "moment"),
    [
        ("02:30+02:00", dt.datetime(2026, 10, 25, 0, 30)),
        ("02:30 +0100", dt.datetime(2026, 10, 25, 1, 30)),
        ("02:30:00−01:00", None),
        ("03:30", dt.datetime(2026, 10, 25, 2, 30)),
    ],
)
def test_an_offset_says_which_of_two_is_meant(time, moment):
    with timezone.override(ZoneInfo("Europe/Berlin")):
        form = Form(sent(["2026-10-25", time]))

        assert form.is_valid() is (moment is not None)
        assert form.cleaned_data.get("at") == (moment and moment.replace(tzinfo=dt.UTC))


def test_the_field_says_whose_clock_it_means():
    with timezone.override(ZoneInfo("Asia/Kolkata")):
        assert Form()["at"].help_text == "By the clock of Asia/Kolkata."


def test_a_clock_that_never_changes_shows_every_time_once():
    zone = dt.timezone(dt.timedelta(hours=13))
    clock = dt.datetime(2031, 5, 2, 9, 20)

    assert moments_of(clock, zone) == [moment_of(clock, zone)]
    assert moment_of(clock, zone) == dt.datetime(2031, 5, 1, 20, 20, tzinfo=dt.UTC)
    with pytest.raises(ValidationError):
        moment_of(clock.replace(tzinfo=dt.UTC), zone)
