"""What becomes of the times of talks when their conference gets another time zone.

A start is kept as a moment, but was read off a clock: where the zone was missing or wrong, the time
on the clock is what people know, and it stays.
"""

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference
from conferences.places import time_zone_of
from notes_site.wall_clock import moments_of


class Kept(models.TextChoices):
    """What stays of the talks' times."""

    CLOCK = "clock", _("the time on the clock")
    MOMENT = "moment", _("the moment")


@transaction.atomic
def keep_clock_times(conference: Conference, *, talks: Any) -> int:
    """Have these talks begin at the same time on the clock of the zone that the conference gets.

    Args:
        conference: with its new zone, not saved yet.
        talks: those of its talks whose times are to stay; the others keep their moments.

    Returns how many talks begin at another moment now. Three queries at most.
    """
    stored = Conference.objects.select_for_update(no_key=True).only("time_zone")
    was = time_zone_of(stored.get(pk=conference.pk).time_zone)
    becomes = time_zone_of(conference.time_zone)
    starts = talks.timed().order_by().values_list("starts_at", flat=True).distinct()
    moved = {start: new for start in starts if (new := _same_time(start, was, becomes)) != start}
    if not moved:
        return 0
    moves = [When(starts_at=start, then=Value(new)) for start, new in moved.items()]
    moving = talks.filter(starts_at__in=moved).order_by()
    number: int = moving.update(starts_at=Case(*moves, output_field=models.DateTimeField()))
    return number


def _same_time(start: dt.datetime, was: dt.tzinfo, becomes: dt.tzinfo) -> dt.datetime:
    """Return when the new clock shows what the old one shows at the start.

    Where it does so twice, first stays first; what it leaves out is as much later as it is put
    forward.
    """
    clock = start.astimezone(was)
    found = moments_of(clock.replace(tzinfo=None), becomes)
    if found:
        return found[-1 if clock.fold else 0]
    return clock.replace(tzinfo=becomes, fold=0).astimezone(dt.UTC)
