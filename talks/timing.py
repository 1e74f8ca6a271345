"""When a talk is given, as pages say it: the one place that puts its day and its clock into words.

Day and time of day come from one clock, that of the conference; where its time zone is unknown, no
time of day is said. `given_on` is a day of the programme, to which the night after it belongs: a
talk after midnight is said to be in "the night of 30 to 31 March", and beside a clock that is on
another day than the programme stands the calendar's day. Nothing here queries.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from talks.models import Talk

# What begins before this hour belongs to the night.
NIGHT_ENDS = dt.time(6)


@dataclass(frozen=True)
class When:
    """A talk's day and start. Words for readers, and the same for machines; '' where unknown.

    `clock_day` is the calendar's day of the clock where that is not the day of the programme.
    """

    day: str = ""
    day_for_machines: str = ""
    clock: str = ""
    clock_for_machines: str = ""
    clock_day: str = ""


def when_given(talk: Talk) -> When:
    """Return when a talk is given. Its conference must be loaded."""
    day, start = talk.given_on, talk.local_start
    if day is None:
        return When()
    if start is None:
        return When(date_format(day), day.isoformat())
    is_night = is_in_the_night_after(day, start)
    return When(
        night_of(day) if is_night else date_format(day),
        (start.date() if is_night else day).isoformat(),
        date_format(start, "TIME_FORMAT"),
        start.isoformat(timespec="seconds"),
        "" if start.date() == day else _short_day(start, day),
    )


def is_in_the_night_after(day: dt.date, start: dt.datetime) -> bool:
    """Tell whether a start, by the clock of the place, is in the night after a day."""
    return start.date() - day == dt.timedelta(days=1) and start.time() < NIGHT_ENDS


def night_of(day: dt.date) -> str:
    """Return the night after a day: 'night of 30 to 31 March 2024'."""
    morning = day + dt.timedelta(days=1)
    if (day.year, day.month) == (morning.year, morning.month):
        pattern = pgettext("first day of a night, where the second is in the same month", "j")
    else:
        pattern = "MONTH_DAY_FORMAT" if day.year == morning.year else "DATE_FORMAT"
    days = {"first": date_format(day, pattern), "second": date_format(morning)}
    return gettext("night of %(first)s to %(second)s") % days


def _short_day(start: dt.datetime, day: dt.date) -> str:
    return date_format(start, "MONTH_DAY_FORMAT" if start.year == day.year else "DATE_FORMAT")
