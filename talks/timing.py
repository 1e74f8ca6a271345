"""When a talk is given, as pages say it: the only module that formats its day and local time.

Day and time are in the conference's time zone; if that is unknown, no time is shown. `given_on` is
a day of the programme, which includes the night after it: a talk after midnight is shown in "the
night of 30 to 31 March", and if the local date differs from the programme's day, both are shown. No
queries.
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
    """A talk's day and start as text for readers, and machine-readable; '' if unknown.

    `clock_day` is the local date if that is not the day of the programme.
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
    """Return whether a local start is in the night after a day."""
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
