"""Raw values of form fields: what a field shows, what the browser submitted, and how to replace
one.

All values are plain strings, or lists of strings, as in a request. So values from two moments are
compared without parsing, and an unchanged field keeps its exact value.
"""

import hashlib
import json
from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

Value = str | list[str]
# A value that is kept as it is; of a longer one its beginning and digest tell whether it changed.
MOST_KEPT = 2_000
_BEGINNING = 200


def shown(bound: BoundField) -> Value:
    """Return what a browser submits for the field where nobody changes it."""
    widget, value = _widget(bound), bound.field.prepare_value(bound.initial)
    if isinstance(widget, forms.CheckboxInput):
        return "on" if widget.check_test(value) else ""
    if isinstance(widget, forms.MultiWidget):
        parts = value if isinstance(value, list) else widget.decompress(value)
        pairs = zip(widget.widgets, parts or [None] * len(widget.widgets), strict=True)
        return [_text(part.format_value(of_part)) for part, of_part in pairs]
    if getattr(widget, "allow_multiple_selected", False):
        return sorted(str(each) for each in value or [])
    if isinstance(widget, forms.widgets.ChoiceWidget):
        return _text(value)
    return _text(widget.format_value(value))


def sent(bound: BoundField) -> Value:
    """Return what the browser submitted for the field."""
    widget, value = _widget(bound), bound.data
    if isinstance(widget, forms.CheckboxInput):
        return "on" if value else ""
    if isinstance(widget, forms.MultiWidget):
        return [_text(part) for part in value]
    if getattr(widget, "allow_multiple_selected", False):
        return sorted(str(each) for each in value or [])
    return _text(value)


def put(data: QueryDict, bound: BoundField, value: Value) -> None:
    """Change a request's data so that it holds this value for the field."""
    widget, name = _widget(bound), bound.html_name
    if isinstance(widget, forms.MultiWidget):
        suffixes = widget.widgets_names  # type: ignore[attr-defined]  # -- the stubs leave it out
        for suffix, part in zip(suffixes, value, strict=True):
            data[name + suffix] = part
    elif isinstance(value, list):
        data.setlist(name, value)
    elif isinstance(widget, forms.CheckboxInput) and not value:
        data.pop(name, None)
    else:
        data[name] = value


def kept(value: Value) -> Any:
    """Return a short comparable form of the value for the page's hidden field: bounded, equal only
    for equal values.
    """
    text = json.dumps(value)
    if len(text) <= MOST_KEPT:
        return value
    begins = value[:_BEGINNING] if isinstance(value, str) else ""
    return {"begins": begins, "digest": hashlib.sha256(text.encode()).hexdigest()}


def described(bound: BoundField, value: Any) -> str:
    """Return a value, or its short form, as the form labels it."""
    if isinstance(value, dict):
        return f"{value.get('begins', '')}…"
    if isinstance(_widget(bound), forms.CheckboxInput):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        joint = " " if isinstance(_widget(bound), forms.MultiWidget) else ", "
        return joint.join(_label(bound.field, each) for each in value if each)
    return _label(bound.field, str(value))


def _label(field: forms.Field, value: str) -> str:
    if isinstance(field, forms.ModelChoiceField):
        return _name_of_row(field, value)
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in _flat(field.choices)}
        return labels.get(value, value)
    return value


def _name_of_row(field: forms.ModelChoiceField, value: str) -> str:
    """Return the row's name; its id where the row no longer exists."""
    rows: Any = field.queryset
    try:
        return str(rows.get(pk=value)) if value else ""
    except (rows.model.DoesNotExist, ValueError):
        return value


def _flat(choices: Any) -> Any:
    for key, label in choices:
        yield from label if isinstance(label, list | tuple) else [(key, label)]


def _widget(bound: BoundField) -> Any:
    widget = bound.field.widget
    return widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget


def _text(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
