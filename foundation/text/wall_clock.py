"""Local times and the moments they mean, with the gaps and overlaps of daylight saving time.

Twice a year many clocks change: one hour does not exist, and one hour occurs twice, so that only
its UTC offset tells which is meant. Pure.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext


def moments_of(shown: dt.datetime, zone: dt.tzinfo) -> list[dt.datetime]:
    """Return the moments, in UTC, of a local date and time: none, one or two.

    With a UTC offset, only moments with that offset count.
    """
    clock, offset = shown.replace(tzinfo=None), shown.utcoffset()
    tried = (clock.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC) for fold in (0, 1))
    local = {moment: moment.astimezone(zone) for moment in tried}
    return sorted(
        moment
        for moment, there in local.items()
        if there.replace(tzinfo=None) == clock and offset in {None, there.utcoffset()}
    )


def moment_of(shown: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """Return the one moment of a local date and time.

    Raises:
        ValidationError: if there is none, or if there are two; the message says which.
    """
    found = moments_of(shown, zone)
    if len(found) == 1:
        return found[0]
    if found:
        raise ValidationError(_twice(shown, found, zone), code="repeated")
    clock = shown.replace(tzinfo=None)
    others = moments_of(clock, zone)
    if others:
        raise ValidationError(_other_offset(clock, others, zone), code="offset")
    raise ValidationError(_never(clock, zone), code="missing")


def is_repeated(moment: dt.datetime, zone: dt.tzinfo) -> bool:
    """Return whether the local time of the moment occurs twice."""
    return len(moments_of(moment.astimezone(zone).replace(tzinfo=None), zone)) > 1


def offset_text(moment: dt.datetime, zone: dt.tzinfo) -> str:
    """Return the UTC offset of the zone at the moment: '+01:00'."""
    return moment.astimezone(zone).replace(microsecond=0).isoformat()[19:]


def day_and_time(clock: dt.datetime) -> str:
    """Return a date and time in the reader's language."""
    parts = {"day": date_format(clock), "time": date_format(clock, "TIME_FORMAT")}
    return gettext("%(day)s, %(time)s") % parts


def _never(clock: dt.datetime, zone: dt.tzinfo) -> str:
    text = gettext("%(moment)s does not exist in %(zone)s: the clocks were put forward over it.")
    return text % {"moment": day_and_time(clock), "zone": zone}


def _twice(clock: dt.datetime, found: list[dt.datetime], zone: dt.tzinfo) -> str:
    text = gettext(
        "%(moment)s comes twice in %(zone)s: the clocks were put back over it. Write the time as "
        "%(first)s for the first one, as %(second)s for the second."
    )
    first, second = (f"{clock:%H:%M}{offset_text(moment, zone)}" for moment in found)
    parts = {"moment": day_and_time(clock), "zone": zone, "first": first, "second": second}
    return text % parts


def _other_offset(clock: dt.datetime, found: list[dt.datetime], zone: dt.tzinfo) -> str:
    text = gettext("%(moment)s in %(zone)s is %(offsets)s from UTC; leave the offset away.")
    offsets = ", ".join(offset_text(moment, zone) for moment in found)
    return text % {"moment": day_and_time(clock), "zone": zone, "offsets": offsets}
