"""Converts between rows of conferences and talks and the JSON values of records."""

import datetime as dt
from typing import Any

from django.db import models

from conferences.models import Conference
from exchange.library.ownership import Fields, Unit
from talks.models import Talk

CONFERENCE_UNITS: tuple[Unit, ...] = (
    ("title",),
    ("description",),
    ("website",),
    ("city",),
    ("starts_on", "ends_on", "dates_estimated"),
    ("time_zone", "time_zone_guessed"),
)
TALK_UNITS: tuple[Unit, ...] = (
    ("title",),
    ("kind",),
    ("given_on", "starts_at"),
    ("duration",),
    ("room",),
    ("track",),
    ("language",),
    ("abstract", "abstract_format"),
    ("licence",),
    ("do_not_record",),
    ("is_cancelled",),
    ("speakers_note",),
)


def names_in(units: tuple[Unit, ...]) -> list[str]:
    """Return the fields of the units."""
    return [name for unit in units for name in unit]


def values_of(row: Conference | Talk, units: tuple[Unit, ...]) -> Fields:
    """Return the row's values as JSON values of a record."""
    return {name: _as_json(getattr(row, name)) for name in names_in(units)}


def set_values(row: Conference | Talk, values: Fields) -> list[str]:
    """Set the values that differ, without saving; return the names of those fields."""
    changed = [name for name in values if _as_json(getattr(row, name)) != values[name]]
    for name in changed:
        setattr(row, name, _as_python(row, name, values[name]))
    return changed


def _as_json(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    return value


def _as_python(row: models.Model, name: str, value: Any) -> Any:
    field = row._meta.get_field(name)
    if value is None:
        return None
    if isinstance(field, models.DateTimeField):
        return dt.datetime.fromisoformat(value)
    if isinstance(field, models.DateField):
        return dt.date.fromisoformat(value)
    if isinstance(field, models.DurationField):
        return dt.timedelta(seconds=value)
    return value
