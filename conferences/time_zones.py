"""Changes a conference's time zone and adapts the times of its talks.

A start is stored as a moment, but was read off a local clock: if the zone was missing or wrong,
people know the local time, and that stays.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference
from conferences.places import time_zone_of
from foundation.text.wall_clock import moments_of


class TalkTimes(models.TextChoices):
    """What stays of the talks' times: the local time or the moment."""

    CLOCK = "clock", _("the time on the clock")
    MOMENT = "moment", _("the moment")


@dataclass(frozen=True)
class TimeZoneChange:
    """The result of a change of time zone: names of the zones, and numbers of talks."""

    was: str
    becomes: str
    on_the_clock: int
    as_moments: int


@transaction.atomic
def change_time_zone(conference: Conference, *, keep: TalkTimes) -> TimeZoneChange | None:
    """Adapt the talks of a conference that gets another time zone; the conference is not saved.

    Returns what became of them, None if the zone stays. Six queries at most.
    """
    was = _stored_zone(conference)
    if was == conference.time_zone:
        return None
    talks: Any = conference.talks
    timed: int = talks.timed().count()
    typed = _typed_times(conference, was) if keep == TalkTimes.CLOCK else talks.none()
    on_the_clock = typed.count()
    keep_clock_times(conference, talks=typed)
    return TimeZoneChange(was, conference.time_zone, on_the_clock, timed - on_the_clock)


def read_off_a_clock(conference: Conference) -> Any:
    """Return the talks that would keep their local time in another zone."""
    return _typed_times(conference, conference.time_zone)


def _typed_times(conference: Conference, was: str) -> Any:
    """Return the talks whose starts are local times of the conference.

    If the zone is unknown there is no local time: a start that an import wrote is a moment.
    """
    talks: Any = conference.talks
    return talks.timed() if was and conference.time_zone else talks.timed_by_hand()


@transaction.atomic
def keep_clock_times(conference: Conference, *, talks: Any) -> int:
    """Let these talks begin at the same local time in the conference's new zone.

    Args:
        conference: with its new zone, not saved yet.
        talks: those of its talks whose local times stay; the others keep their moments.

    Returns the number of talks whose moment changed. Three queries at most.
    """
    zones = (_stored_zone(conference), conference.time_zone)
    was, becomes = (time_zone_of(name) for name in zones)
    starts = talks.order_by().values_list("starts_at", flat=True).distinct()
    moved = {start: new for start in starts if (new := _same_time(start, was, becomes)) != start}
    if not moved:
        return 0
    moves = [When(starts_at=start, then=Value(new)) for start, new in moved.items()]
    moving = talks.filter(starts_at__in=moved).order_by()
    number: int = moving.update(starts_at=Case(*moves, output_field=models.DateTimeField()))
    return number


def _stored_zone(conference: Conference) -> str:
    """Return the stored zone of the conference; the row is locked."""
    rows = Conference.objects.select_for_update(no_key=True).only("time_zone")
    return rows.get(pk=conference.pk).time_zone


def _same_time(start: dt.datetime, was: dt.tzinfo, becomes: dt.tzinfo) -> dt.datetime:
    """Return the moment at which the new zone has the local time of the start in the old zone.

    For an ambiguous time the first stays the first; a time that does not exist moves forward by as
    much as the clock.
    """
    clock = start.astimezone(was)
    found = moments_of(clock.replace(tzinfo=None), becomes)
    if found:
        return found[-1 if clock.fold else 0]
    return clock.replace(tzinfo=becomes, fold=0).astimezone(dt.UTC)
