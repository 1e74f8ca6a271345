"""Form fields that keep their exact value where the shown text was not changed.

What such a field shows is less precise than its value, or ambiguous: a moment keeps its
microseconds, and the right one of the two hours when clocks are set back.
"""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.text.bounds import validate_moment
from foundation.text.lengths import length_of, length_text
from foundation.text.wall_clock import is_repeated, moment_of, offset_text

_WITH_OFFSET = re.compile(r"^(?P<clock>.*\d)\s*(?P<offset>[+\-−]\d\d:?\d\d(?::\d\d)?|Z)$", re.ASCII)


class KeptAsShown(forms.Field):
    """Mixin: the field keeps its initial value if its shown text was not changed.

    `is_as_shown` decides that.
    """

    before: Any = None

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        self.before = form.get_initial_for_field(self, field_name)
        return super().get_bound_field(form, field_name)

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        try:
            return not self.is_as_shown(initial, data)
        except ValidationError:
            return True

    def clean(self, value: Any) -> Any:
        if self.before is not None and not self.has_changed(self.before, value):
            return self.before
        return super().clean(value)

    def is_as_shown(self, initial: Any, data: Any) -> bool:
        """Return whether the data equals what the field shows for its initial value."""
        raise NotImplementedError


class ClockFormField(forms.TimeField):
    """A local time of day. A UTC offset may follow: 02:30+01:00."""

    def to_python(self, value: Any) -> dt.time | None:
        found = _WITH_OFFSET.match(value.strip()) if isinstance(value, str) else None
        if not found:
            return super().to_python(value)
        time = super().to_python(found["clock"])
        return time and time.replace(tzinfo=_offset(found["offset"]))


def _offset(text: str) -> dt.tzinfo | None:
    try:
        return dt.time.fromisoformat(f"00:00{text.replace('−', '-')}").tzinfo
    except ValueError as error:
        raise ValidationError(_("Enter a valid time."), code="invalid") from error


class MomentFormField(KeptAsShown, forms.SplitDateTimeField):
    """A date and time in one time zone; the site's own where no other is set.

    A local time that does not exist is refused, and so is an ambiguous one without a UTC offset.
    """

    zone: dt.tzinfo | None = None
    # Says by which clock. None: in words made of the zone.
    clock: str | Promise | None = None

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        day, time = self.fields
        self.fields = (day, ClockFormField(required=False, error_messages=time.error_messages))
        self.widget.supports_microseconds = True  # no form cuts the value before it is shown

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        bound = super().get_bound_field(form, field_name)
        clock = self.clock or gettext("By the clock of %(zone)s.") % {"zone": self._zone}
        bound.help_text = " ".join(str(part) for part in (self.help_text, clock) if part)
        return bound

    @property
    def _zone(self) -> dt.tzinfo:
        return self.zone or timezone.get_current_timezone()

    def prepare_value(self, value: Any) -> Any:
        """Return the local date and time; with the UTC offset where they are ambiguous."""
        if not isinstance(value, dt.datetime):
            return value
        there = self._there(value)
        time = there.time().replace(microsecond=0)
        twice = is_repeated(value, self._zone)
        return [there.date(), f"{time}{offset_text(value, self._zone)}" if twice else time]

    def is_as_shown(self, initial: Any, data: Any) -> bool:
        typed = self._typed(data)
        if not isinstance(initial, dt.datetime) or typed is None:
            return (initial or None) is typed
        there = self._there(initial).replace(microsecond=0)
        is_same_clock = typed.replace(tzinfo=None) == there.replace(tzinfo=None)
        return is_same_clock and typed.utcoffset() in {None, there.utcoffset()}

    def compress(self, data_list: Any) -> dt.datetime | None:
        typed = self._combined(data_list)
        if typed is None:
            return None
        validate_moment(typed)  # at the ends of what Python knows no zone can be applied
        return moment_of(typed, self._zone)

    def _there(self, moment: dt.datetime) -> dt.datetime:
        return timezone.localtime(moment, self._zone)

    def _typed(self, data: Any) -> dt.datetime | None:
        """Return the submitted date and time, naive or with an offset, as typed."""
        parts = [*(data or []), None, None][:2]
        return self._combined(
            [field.clean(part) for field, part in zip(self.fields, parts, strict=True)]
        )

    def _combined(self, parts: Any) -> dt.datetime | None:
        day, time = parts or (None, None)
        if day is not None and time is not None:
            return dt.datetime.combine(day, time)
        if day is None and time is None:
            return None
        code = "invalid_date" if day is None else "invalid_time"
        raise ValidationError(self.error_messages[code], code=code)


class LengthFormField(KeptAsShown, forms.DurationField):
    """A duration. The field shows what it understood, as hours and minutes."""

    default_error_messages = {
        "invalid": _(
            "“%(text)s” is no length that we understand: write 45 or 45 min, 1:30 or 1 h 30."
        ),
    }

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        bound = super().get_bound_field(form, field_name)
        understood = gettext(
            "Minutes (45, 45 min), hours and minutes (1:30, 1 h 30), or PT45M. "
            "Shown as hours:minutes."
        )
        bound.help_text = " ".join(str(part) for part in (self.help_text, understood) if part)
        return bound

    def prepare_value(self, value: Any) -> Any:
        """Return a duration in its normal form; text that is not understood stays as it
        was typed.
        """
        length = length_of(value) if isinstance(value, str) else value
        return length_text(length) if isinstance(length, dt.timedelta) else value

    def to_python(self, value: Any) -> dt.timedelta | None:
        if isinstance(value, dt.timedelta):
            return value
        if value in self.empty_values:
            return None
        length = length_of(str(value))
        if length is None:
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"text": str(value)[:80]}
            )
        return length

    def understood(self, length: dt.timedelta) -> str:
        """Return the message that says how a duration was read."""
        said = gettext("%(field)s was understood as %(length)s (hours:minutes).")
        return said % {"field": self.label, "length": length_text(length)}

    def is_as_shown(self, initial: Any, data: Any) -> bool:
        length = self.to_python(data)
        if length is None or not isinstance(initial, dt.timedelta):
            return length is initial
        return length_text(length) == length_text(initial)
