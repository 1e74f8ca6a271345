"""The valid years, 1900 to 2200, for every date and timestamp from people, files and defaults.

Python knows the years 1 to 9999 and raises at their ends as soon as a time zone is applied or a day
is added. PostgreSQL goes on to the year 294276, and knows infinity. With these bounds no page has
to handle either. Moments keep a day's distance from the bounds, so that they are valid in every
time zone.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1900, 2200
FIRST_DAY, LAST_DAY = dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)
FIRST_MOMENT = dt.datetime(FIRST_YEAR, 1, 2, tzinfo=dt.UTC)
LAST_MOMENT = dt.datetime(LAST_YEAR, 12, 30, tzinfo=dt.UTC)
NOT_A_DAY = _("Give a day from 1 January 1900 to 31 December 2200.")
NOT_A_MOMENT = _("Give a moment from 2 January 1900 to 29 December 2200.")


def is_within(value: dt.date) -> bool:
    """Return whether a date or a datetime, naive or aware, is within the bounds."""
    if not isinstance(value, dt.datetime):
        return FIRST_DAY <= value <= LAST_DAY
    aware = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
    return FIRST_MOMENT <= aware <= LAST_MOMENT


def validate_day(value: dt.date) -> None:
    """Raise ValidationError for a date outside the valid years."""
    if not is_within(value):
        raise ValidationError(NOT_A_DAY, code="outside_years")


def validate_moment(value: dt.datetime) -> None:
    """Raise ValidationError for a datetime outside the valid years."""
    if not is_within(value):
        raise ValidationError(NOT_A_MOMENT, code="outside_years")


def day_constraints(model: str, *columns: str) -> list[CheckConstraint]:
    """Return the check constraints for a model's date columns; `model` is the prefix of their
    names.
    """
    return [_constraint(model, column, (FIRST_DAY, LAST_DAY), NOT_A_DAY) for column in columns]


def moment_constraints(model: str, *columns: str) -> list[CheckConstraint]:
    """Return the check constraints for a model's datetime columns; `model` is the prefix of their
    names.
    """
    bounds = (FIRST_MOMENT, LAST_MOMENT)
    return [_constraint(model, column, bounds, NOT_A_MOMENT) for column in columns]


def _constraint(
    model: str, column: str, bounds: tuple[dt.date, dt.date], said: Any
) -> CheckConstraint:
    # A column without a value makes the condition unknown, which a check lets pass.
    return CheckConstraint(
        name=f"{model}_{column}_is_within_the_years",
        condition=Q(**{f"{column}__gte": bounds[0], f"{column}__lte": bounds[1]}),
        violation_error_message=said,
    )
