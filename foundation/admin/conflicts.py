"""Edit conflicts: merge what two people change in one form, and ask about fields that
both changed.

A form page carries the values that its fields showed when it was opened. When the form is
submitted, each field is one of three: this person did not change it, so the stored value stays;
only this person changed it, so it is written; both changed it, so the person decides. See ADR 29.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.models import InlineForeignKeyField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from foundation.admin.field_values import Value, described, kept, put, sent, shown

OPENED_FIELD = "_opened_with"
THEIRS_FIELD = "_take_theirs"
# What the fields of one form showed, by their names.
Opened = Mapping[str, Any]
_UNKNOWN: dict[str, Any] = {"begins": ""}
Merge = Callable[[Any, Value, Value], Value]


class Opening:
    """The initial values of all fields of a page: the row's under "", each inline's by its rows'
    ids.
    """

    def __init__(self, forms_of_page: Mapping[str, Any]):
        self._forms = forms_of_page

    @classmethod
    def sent_with(cls, data: Any) -> "Opening | None":
        """Return the initial values that the page sent back; None where it sent none.

        Unreadable values count as no known field: every field that differs is then a conflict.
        """
        text = data.get(OPENED_FIELD) if data else None
        if text is None:
            return None
        try:
            read = json.loads(text)
        except (ValueError, RecursionError):
            read = {}
        return cls(read if isinstance(read, dict) else {})

    @classmethod
    def of_page(cls, form: forms.BaseForm, formsets: Iterable[Any]) -> "Opening":
        """Return the initial values of a page's forms, without what was submitted."""
        rows = {
            each.prefix: {str(row.instance.pk): opened_by(row) for row in each.initial_forms}
            for each in formsets
        }
        return cls({"": opened_by(form), **rows})

    def as_text(self) -> str:
        """Return the values as JSON for the page's hidden field."""
        return json.dumps(self._forms, ensure_ascii=False, separators=(",", ":"))

    def of_row(self) -> Opened:
        """Return the initial values of the row's own fields."""
        return _mapping(self._forms.get(""))

    def of_inline(self, prefix: str) -> Mapping[str, Opened]:
        """Return the initial values of an inline's fields, by the rows' ids."""
        rows = _mapping(self._forms.get(prefix))
        return {pk: _mapping(opened) for pk, opened in rows.items()}


@dataclass(frozen=True)
class Clash:
    """A field that both this person and somebody else changed."""

    bound: BoundField
    label: str
    before: str
    theirs: str
    yours: str

    @property
    def is_long(self) -> bool:
        """Whether the values are too long to compare at a glance, so the page shows them in full to
        copy from.
        """
        return max(map(len, (self.before, self.theirs, self.yours))) > 80

    @property
    def sentence(self) -> str:
        """The error message of the field."""
        said = _("Somebody else changed this meanwhile: “%(before)s” became “%(theirs)s”.")
        short = {"before": _short(self.before), "theirs": _short(self.theirs)}
        return str(said % short)


@dataclass
class Meanwhile:
    """What another user changed in a row while its form was open."""

    clashes: list[Clash] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # fields that this person left alone


def compared_fields(form: forms.BaseForm) -> Iterator[BoundField]:
    """Yield the fields that people fill in."""
    key = form._meta.model._meta.pk.name if hasattr(form, "_meta") else ""
    for name in form.fields:
        bound = form[name]
        if not (
            bound.field.disabled
            or not getattr(bound.field, "is_of_the_row", True)
            or name in (key, forms.formsets.DELETION_FIELD_NAME)
            or isinstance(bound.field, InlineForeignKeyField | forms.FileField)
        ):
            yield bound


def opened_by(form: Any) -> Opened:
    """Return the initial values of a form, as its page carries them."""
    if not getattr(form, "carries_opening", False):
        return {}
    return {bound.name: kept(shown(bound)) for bound in compared_fields(form)}


def is_untouched(form: forms.BaseForm, opened: Opened) -> bool:
    """Return whether the form was submitted as it was opened."""
    return all(kept(sent(bound)) == opened.get(bound.name) for bound in compared_fields(form))


def settle(form: forms.BaseForm, opened: Opened) -> Meanwhile:
    """Put the stored values into the data of fields that this person left alone; return the other
    changes.
    """
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # -- a request's
    meanwhile = Meanwhile()
    for bound in compared_fields(form):
        _settle_field(bound, opened.get(bound.name, _UNKNOWN), data, meanwhile)
    form.data = data
    return meanwhile


def _settle_field(bound: BoundField, before: Any, data: QueryDict, meanwhile: Meanwhile) -> None:
    now, yours = shown(bound), sent(bound)
    merge: Merge | None = getattr(bound.field, "merged", None)
    if bound.html_name in data.getlist(THEIRS_FIELD):
        put(data, bound, now)
    elif kept(now) == before or yours == now:
        return
    elif kept(yours) == before:
        put(data, bound, now)
        meanwhile.kept.append(str(bound.label))
    elif merge and not isinstance(before, dict):
        put(data, bound, merge(before, now, yours))
        meanwhile.kept.append(str(bound.label))
    elif bound._has_changed():  # type: ignore[attr-defined]  # -- Django's own
        meanwhile.clashes.append(_clash(bound, before, now, yours))


def _clash(bound: BoundField, before: Any, now: Value, yours: Value) -> Clash:
    words = (described(bound, value) or "–" for value in (before, now, yours))
    return Clash(bound, str(bound.label), *words)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"
