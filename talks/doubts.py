"""Warnings about a talk's day and start: they look wrong, but may be right, so they are never
refused.

Each warning is one sentence that names both values. No queries.
"""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext

from conferences.models import Conference
from foundation.text.wall_clock import day_and_time
from talks.models import Talk

NOON = dt.time(12)
# How long conferences last whose last day nobody said, and how far from estimated days talks lie.
UNSAID, FAR = dt.timedelta(days=14), dt.timedelta(days=366)


def doubts_about(talk: Talk) -> list[str]:
    """Return the warnings about a talk's day and start. Its conference must be loaded."""
    return [said for said in (_about_its_day(talk), _about_its_start(talk)) if said]


def likely_days(conference: Conference) -> tuple[dt.date, dt.date] | None:
    """Return the first and last plausible day of the conference's talks; None if unknown."""
    first, last = conference.starts_on, conference.ends_on
    if first is None:
        return None
    if conference.dates_estimated:
        return _moved(first, -FAR), _moved(last or first, FAR)
    return first, last or _moved(first, UNSAID)


def days_in_words(conference: Conference) -> str:
    """Return the conference's dates as text; '' if they are unknown."""
    first, last = conference.starts_on, conference.ends_on
    if first is None:
        return ""
    if last is None or last == first:
        return date_format(first)
    days = {"first": date_format(first), "last": date_format(last)}
    return gettext("%(first)s to %(last)s") % days


def _about_its_day(talk: Talk) -> str:
    days = likely_days(talk.conference)
    if not talk.given_on or not days or days[0] <= talk.given_on <= days[1]:
        return ""
    said = gettext("The talk's day, %(day)s, is none of its conference's: %(days)s.")
    return said % {"day": date_format(talk.given_on), "days": days_in_words(talk.conference)}


def _about_its_start(talk: Talk) -> str:
    """Warn about a start on another day than the programme's, except in the night after it."""
    start = talk.local_start or talk.starts_at
    if start is None or talk.given_on is None or _belongs_to(talk.given_on, start):
        return ""
    said = gettext("The talk begins on %(start)s, but its day in the programme is %(day)s.")
    return said % {"start": day_and_time(start), "day": date_format(talk.given_on)}


def _belongs_to(day: dt.date, start: dt.datetime) -> bool:
    later = start.date() - day
    return not later or (later == dt.timedelta(days=1) and start.time() < NOON)


def _moved(day: dt.date, by: dt.timedelta) -> dt.date:
    """Return the day shifted by so much, clamped to the range of dates."""
    try:
        return day + by
    except OverflowError:
        return dt.date.min if by < dt.timedelta(0) else dt.date.max
