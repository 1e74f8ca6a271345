"""Calendar events of conferences and talks. No queries.

A conference with estimated dates has no calendar: the dates are often those of uploads.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby

from django.utils.translation import ngettext

from conferences.models import Conference
from foundation.pages.icalendar import Event
from foundation.pages.json_ld import at_site
from talks.models import EventRevision, Talk
from talks.programme import Programme


def has_calendar(conference: Conference, programme: Programme) -> bool:
    """Return whether `events_of` returns any event for the conference."""
    return programme.is_dated or _has_days(conference)


def events_of(conference: Conference, talks: Iterable[Talk]) -> list[Event]:
    """Return a conference's events: one per talk, and one per day for talks without a time.

    Args:
        conference: the edition.
        talks: its talks as `TalkQuerySet.for_calendar` loads them.

    Returns them in the order of the programme; if no talk has a day, the conference as one event;
    nothing if that has no dates either.
    """
    if conference.dates_estimated:
        return []
    dated = [talk for talk in talks if talk.given_on]
    events = [event_of(talk) for talk in dated if talk.local_start]
    untimed = [talk for talk in dated if not talk.local_start and not talk.is_cancelled]
    days = groupby(untimed, key=lambda talk: talk.given_on)
    events += [_day_event(conference, day, list(of_day)) for day, of_day in days if day]
    return events or ([_whole_event(conference)] if _has_days(conference) else [])


def event_of(talk: Talk) -> Event:
    """Return the event of a talk with a day; its conference must be loaded."""
    start = talk.starts_at if talk.local_start else None
    return Event(
        name=_name("talk", talk.pk),
        summary=talk.title,
        start=start or talk.given_on,  # type: ignore[arg-type]  # -- it has a day
        end=start + talk.duration if start and talk.duration else None,
        stamp=talk.created_at,
        location=", ".join(part for part in (talk.room, talk.conference.place) if part),
        description="\n".join(part for part in (_speakers(talk), talk.conference.title) if part),
        url=at_site(talk),
        is_cancelled=talk.is_cancelled,
    )


def names_of(conference: Conference, events: Iterable[Event]) -> set[str]:
    """Return the names of the revisions that these events depend on."""
    return {_name("conference", conference.pk), *(event.name for event in events)}


def revised(
    conference: Conference, events: Iterable[Event], revisions: Mapping[str, EventRevision]
) -> list[Event]:
    """Return the events with sequence number and last change, of themselves or of their
    conference.
    """
    whole = _name("conference", conference.pk)
    return [_revised(each, [revisions.get(n) for n in {whole, each.name}]) for each in events]


def _revised(event: Event, kept: Iterable[EventRevision | None]) -> Event:
    known = [revision for revision in kept if revision]
    changes = sum(revision.number for revision in known)
    stamp = max([event.stamp, *(revision.changed_at for revision in known)])
    return replace(event, changes=changes, stamp=stamp)


def _day_event(conference: Conference, day: dt.date, talks: list[Talk]) -> Event:
    said = ngettext("%(conference)s: %(n)d talk", "%(conference)s: %(n)d talks", len(talks))
    return Event(
        name=_name("day", conference.pk, day.isoformat()),
        summary=said % {"conference": conference.title, "n": len(talks)},
        start=day,
        stamp=conference.created_at,
        location=conference.place,
        description="\n".join(talk.title for talk in talks),
        url=at_site(conference),
    )


def _whole_event(conference: Conference) -> Event:
    return Event(
        name=_name("conference", conference.pk),
        summary=conference.title,
        start=conference.starts_on,  # type: ignore[arg-type]  # -- asked before
        end=conference.ends_on,
        stamp=conference.created_at,
        location=conference.place,
        url=at_site(conference),
    )


def _has_days(conference: Conference) -> bool:
    return conference.starts_on is not None and not conference.dates_estimated


def _speakers(talk: Talk) -> str:
    return ", ".join(str(credit) for credit in talk.credits.all()) or talk.speakers_note


def _name(*keys: object) -> str:
    """Return the name that an event has in ids: made of keys, so that it stays the same."""
    return "-".join(map(str, keys))
