"""The conference of an event: created once, then updated in fields that nobody edited."""

from django.db.models import Q

from conferences.models import Conference
from conferences.time_zones import keep_clock_times
from exchange.library.ownership import Change, Fields, merge_fields
from exchange.library.row_values import CONFERENCE_UNITS, set_values, values_of
from foundation.models.one_owner import taken_slugs
from foundation.text.slugs import slug_of, unique_slug

_EMPTY_CONFERENCE: Fields = values_of(Conference(), CONFERENCE_UNITS)
_DATES = ("starts_on", "ends_on", "dates_estimated")
_TIME_ZONE = ("time_zone", "time_zone_guessed")
_FALLBACK = "conference"


def make_conference(name: str, fields: Fields) -> Conference:
    """Create and return a conference; its slug comes from the event's name. Two queries."""
    stem = conference_slug(name)[:110]
    taken = taken_slugs(Conference, Q(slug__startswith=stem))
    conference = Conference(slug=unique_slug(name, taken=taken, fallback=_FALLBACK))
    set_values(conference, fields)
    conference.save()
    return conference


def conference_slug(name: str) -> str:
    """Return the preferred slug of an event's conference."""
    return slug_of(name, fallback=_FALLBACK)


def change_conference(conference: Conference, *, base: Fields, new: Fields) -> Change:
    """Save what the source has changed. At most one query."""
    decided = merge_fields(
        CONFERENCE_UNITS,
        base={**_EMPTY_CONFERENCE, **base},
        now=values_of(conference, CONFERENCE_UNITS),
        new=new,
    )
    changed = set_values(conference, decided.values)
    if "time_zone" in changed:
        # Starts that an import wrote are moments; those that a person typed are times on a clock.
        keep_clock_times(conference, talks=conference.talks.timed_by_hand())
    if changed:
        conference.save(update_fields=changed)
    # An open end is nothing that could have been taken.
    kept = {name: value for name, value in decided.kept.items() if value is not None}
    return Change(bool(changed), kept)


def without_worse_guesses(conference: Conference, new: Fields) -> Fields:
    """Leave out estimates of fields that the conference knows for certain."""
    known: set[str] = set()
    if new.get("dates_estimated") and conference.starts_on and not conference.dates_estimated:
        known.update(_DATES)
    if new.get("time_zone_guessed") and conference.time_zone and not conference.time_zone_guessed:
        known.update(_TIME_ZONE)
    return {name: value for name, value in new.items() if name not in known}
