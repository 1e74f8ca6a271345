"""Model fields that clean their text or derive their value, whoever writes the row.

They work in `save()`, `bulk_create()` and forms alike, so that no importer, admin form or shell
session can store what the site could not show. (`update()` on a queryset cleans text, but does not
derive: change a name through an instance.)
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from foundation.models.form_fields import LengthFormField, MomentFormField
from foundation.models.long_texts import TextLimit
from foundation.text.bounds import (
    FIRST_DAY,
    FIRST_MOMENT,
    LAST_DAY,
    LAST_MOMENT,
    validate_day,
    validate_moment,
)
from foundation.text.names import clean_line, clean_text
from foundation.text.weblinks import is_safe_address


class LineField(models.CharField):
    """One line of text, without control characters and outer white space (`names.clean_line`)."""

    def to_python(self, value: Any) -> Any:
        return _cleaned(super().to_python(value), clean_line)

    def get_prep_value(self, value: Any) -> Any:
        return _cleaned(super().get_prep_value(value), clean_line)


class ProseFormField(forms.CharField):
    """Form field of multi-line text. Line ends are stored as LF, though browsers send CRLF.

    A stored text that is longer than the limit (it is older than the limit) stays valid while it is
    unchanged: see `keep`.
    """

    kept: str | None = None

    def keep(self, text: str | None) -> None:
        """Accept this stored text whatever its length, and do not let the browser cut it."""
        self.kept = self.to_python(text)
        if self.max_length and len(self.kept) > self.max_length:
            self.widget.attrs.pop("maxlength", None)

    def run_validators(self, value: str) -> None:
        if value != self.kept:
            super().run_validators(value)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n")


PROSE_MAX_LENGTH = 100_000
models.TextField.register_lookup(Length)


class ProseField(models.TextField):
    """Multi-line text without characters that XML and PostgreSQL cannot hold.

    Forms limit it to `max_length` characters; `prose_constraint` enforces the same limit in the
    database.
    """

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("max_length", PROSE_MAX_LENGTH)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": ProseFormField, **kwargs})

    def to_python(self, value: Any) -> Any:
        return _cleaned(super().to_python(value), clean_text)

    def get_prep_value(self, value: Any) -> Any:
        return _cleaned(super().get_prep_value(value), clean_text)


def prose_constraint(
    table: str, field: str, most: int = PROSE_MAX_LENGTH, *, copied_from: str = ""
) -> TextLimit:
    """Return the constraint that limits the length of a field's text when the text is new."""
    return TextLimit(
        name=f"{table}_{field}_is_limited",
        field=field,
        most=most,
        copied_from=copied_from,
        violation_error_message=_("The text is too long."),
    )


class DerivedField(models.CharField):
    """A column computed from another one of the same row whenever an instance is written.

    Args:
        source: the name of the field it is made from.
        derive: a function from that field's text to this one's; at a module's top level, since
            migrations name it.
    """

    def __init__(self, *args: Any, source: str, derive: Callable[[str], str], **kwargs: Any):
        self.source = source
        self.derive = derive
        # It is made, not asked for: no form shows it, and no check says that it is missing.
        super().__init__(*args, **{**kwargs, "editable": False, "blank": True})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = self.derive(getattr(model_instance, self.source) or "")
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"], kwargs["blank"]
        return name, path, args, {**kwargs, "source": self.source, "derive": self.derive}


class WebAddressField(LineField):
    """An http or https URL that may be linked to: see `weblinks`."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("max_length", 2000)
        super().__init__(*args, **kwargs)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        value = super().clean(value, model_instance)
        if value and not is_safe_address(value):
            raise ValidationError(_("Give a whole address that starts with http:// or https://."))
        return value


class _BoundedField(models.Field):
    """Base of day and moment fields: the form field refuses values outside the valid years.

    A model validator alone would let a refused form show its row with the invalid value.
    """

    def formfield(self, **kwargs: Any) -> Any:
        field = super().formfield(**kwargs)
        if field is not None:
            field.validators += self.default_validators
        return field


class DayField(_BoundedField, models.DateField):
    """A day from 1900 to 2200. Its model also names it in `bounds.day_constraints`."""

    default_validators = [validate_day]
    bounds = (FIRST_DAY, LAST_DAY)


class LengthField(models.DurationField):
    """A duration; forms accept it as people write it (`foundation.text.lengths`)."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": LengthFormField, **kwargs})


class MomentField(_BoundedField, models.DateTimeField):
    """A moment from 1900 to 2200. Its model also names it in `bounds.moment_constraints`."""

    default_validators = [validate_moment]
    bounds = (FIRST_MOMENT, LAST_MOMENT)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": MomentFormField, **kwargs})


def _cleaned(value: Any, clean: Callable[[str], str]) -> Any:
    return clean(value) if isinstance(value, str) else value
