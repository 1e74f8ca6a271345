"""Read PostgreSQL dates and timestamps that Python cannot represent, clamped to the nearest valid
value.

Python has the years 1 to 9999, and psycopg raises for any other year in whichever query reads one:
on pages, in the admin, in Django's own tables. Constraints forbid such values
(`foundation.text.bounds`), but a database restored without constraints may hold some. They are read
as the nearest value of Python's, as psycopg reads infinity, with some days left for time zones and
for the day after.
"""

import datetime as dt
from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2 import extensions

_DAYS_LEFT = dt.timedelta(days=2)
_FIRST_MOMENT = dt.datetime.min.replace(tzinfo=dt.UTC) + _DAYS_LEFT
_LAST_MOMENT = dt.datetime.max.replace(tzinfo=dt.UTC) - _DAYS_LEFT
# The first day stays as it is: it stands for no day (`sort_date`).
_FIRST_DAY, _LAST_DAY = dt.date.min, dt.date.max - _DAYS_LEFT
# PostgreSQL's numbers of the types: a moment, a day and a time without a zone, a day.
_MOMENT, _CLOCK, _DAY = 1184, 1114, 1082
Value = TypeVar("Value", dt.date, dt.datetime)


def read_every_moment(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Register the clamping readers on a new connection."""
    for kind, reader in ((_MOMENT, _moment), (_CLOCK, _clock), (_DAY, _day)):
        extensions.register_type(
            extensions.new_type((kind,), reader.__name__, reader), connection.connection
        )


def _moment(text: str | None, cursor: Any) -> dt.datetime | None:
    return _within(text, cursor, extensions.PYDATETIMETZ, _FIRST_MOMENT, _LAST_MOMENT)


def _clock(text: str | None, cursor: Any) -> dt.datetime | None:
    first, last = (moment.replace(tzinfo=None) for moment in (_FIRST_MOMENT, _LAST_MOMENT))
    return _within(text, cursor, extensions.PYDATETIME, first, last)


def _day(text: str | None, cursor: Any) -> dt.date | None:
    return _within(text, cursor, extensions.PYDATE, _FIRST_DAY, _LAST_DAY)


def _within(text: str | None, cursor: Any, read: Any, first: Value, last: Value) -> Value | None:
    if text is None:
        return None
    try:
        value: Value = read(text, cursor)
    except ValueError:
        return first if text.endswith("BC") else last
    return min(max(value, first), last)
