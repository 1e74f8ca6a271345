"""Compares a talk with its first announcement.

`Talk.announced` holds what the first import saw and is never updated; rows and files from anywhere
may hold anything in it, so every value is validated here. A value that was not announced, or is
unknown now, is no change. No queries, except for speakers' names.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from conferences.places import time_zone_of
from foundation.text.names import clean_line, clean_text, name_key
from speakers.models import Speaker
from talks.abstracts import abstract_html
from talks.enums import AbstractFormat
from talks.models import Talk, TalkSpeaker


@dataclass(frozen=True)
class Change:
    """One difference from the announcement.

    `what` is "title", "room", "start", "speakers" or "cancelled"; `announced` is the former
    value as a page shows it, '' for "cancelled".
    """

    what: str
    announced: str = ""


@dataclass(frozen=True)
class Announcement:
    """A talk's announced abstract, its present one if it differs, and the changes."""

    abstract: SafeString
    abstract_now: SafeString
    changes: list[Change]


def announcement_of(talk: Talk) -> Announcement:
    """Return the announcement of a talk that `TalkQuerySet.for_page` loaded."""
    announced = talk.announced if isinstance(talk.announced, dict) else {}
    before = clean_text(_text(announced.get("abstract")))
    now = abstract_html(talk.abstract, talk.abstract_format)
    if not before or before == talk.abstract:
        return Announcement(now, SafeString(), _changes(talk, announced))
    form = _text(announced.get("abstract_format"))
    was = abstract_html(before, form if form in AbstractFormat.values else talk.abstract_format)
    return Announcement(was, now, _changes(talk, announced))


def _changes(talk: Talk, announced: dict[str, Any]) -> list[Change]:
    found = {
        "title": _other_name(_text(announced.get("title")), talk.title),
        "room": _other_name(_text(announced.get("room")), talk.room),
        "start": _other_start(_text(announced.get("start")), talk),
        "speakers": _other_speakers(announced.get("speakers"), talk.credits.all()),
    }
    changes = [Change(what, value) for what, value in found.items() if value]
    return [*changes, Change("cancelled")] if talk.is_cancelled else changes


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _other_name(announced: str, now: str) -> str:
    """Return the announced name if it differs; '' if either is unknown."""
    if not now or name_key(announced) in {"", name_key(now)}:
        return ""
    return clean_line(announced)


def _other_start(announced: str, talk: Talk) -> str:
    """Return the announced day, time, or both, as far as they differ.

    Estimated days were never announced: they are often those of an upload.
    """
    if talk.given_on is None or talk.conference.dates_estimated:
        return ""
    zone = time_zone_of(talk.conference.time_zone)
    day, moment = _day_and_moment(announced, zone)
    if day is None or (moment and not talk.conference.time_zone):
        return ""
    now = talk.local_start
    if moment is None or now is None:
        return "" if day == talk.given_on else date_format(day)
    if moment == now:
        return ""
    time = date_format(moment, "TIME_FORMAT")
    if day == now.date():
        return time
    return gettext("%(day)s, %(time)s") % {"day": date_format(day), "time": time}


def _day_and_moment(text: str, zone: dt.tzinfo) -> tuple[dt.date | None, dt.datetime | None]:
    """Return the day, and the moment if the text has one, in the conference's zone."""
    try:
        if len(text) <= len("2017-04-03"):
            return dt.date.fromisoformat(text), None
        moment = dt.datetime.fromisoformat(text)
        local = moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
    except (ValueError, OverflowError):
        return None, None
    return local.date(), local


def _other_speakers(announced: Any, now: Iterable[TalkSpeaker]) -> str:
    """Return the announced names unless they mean the same people, in any order."""
    told = announced if isinstance(announced, list) else []
    lines = [clean_line(name) for name in told if isinstance(name, str)]
    names = {key: line for line in lines if (key := name_key(line))}
    people = [_keys_of(credit) for credit in now]
    if not names or not people:
        return ""
    is_same = names.keys() <= set().union(*people) and all(keys & names.keys() for keys in people)
    return "" if is_same else ", ".join(_of_known_people(names).values())


def _of_known_people(names: dict[str, str]) -> dict[str, str]:
    """Return the names of existing speakers; deleted ones are not named any more. Two queries."""
    known = {key for key, _person in Speaker.objects.by_keys(names)}
    return {key: name for key, name in names.items() if key in known}


def _keys_of(credit: TalkSpeaker) -> set[str]:
    """Return the keys of all names by which the announcement may mean the speaker."""
    person = credit.speaker
    aliases = {alias.key for alias in person.aliases.all()}
    return {person.key, name_key(credit.credited_as), *aliases}
