"""Two people at one form: what each changed is kept, and what both changed is asked about.

The page of a form carries what its fields showed when it was opened. When it comes back, each
field is one of three: nobody here touched it, and what is stored stays; only this person did, and
it is written; or somebody else did too, and the person decides. See ADR 29.
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
    """What all fields of a page showed: of the row under "", of each inline by its rows' ids."""

    def __init__(self, forms_of_page: Mapping[str, Any]):
        self._forms = forms_of_page

    @classmethod
    def sent_with(cls, data: Any) -> "Opening | None":
        """Return what the page brought back; None where it brought nothing.

        What cannot be read is an opening that knows of no field: whatever differs is asked about.
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
        """Return what the forms of a page show, or would show without what was typed."""
        rows = {
            each.prefix: {str(row.instance.pk): opened_by(row) for row in each.initial_forms}
            for each in formsets
        }
        return cls({"": opened_by(form), **rows})

    def as_text(self) -> str:
        """Return it as the page carries it."""
        return json.dumps(self._forms, ensure_ascii=False, separators=(",", ":"))

    def of_row(self) -> Opened:
        """Return what the fields of the row itself showed."""
        return _mapping(self._forms.get(""))

    def of_inline(self, prefix: str) -> Mapping[str, Opened]:
        """Return what the fields of an inline's rows showed, by the rows' ids."""
        rows = _mapping(self._forms.get(prefix))
        return {pk: _mapping(opened) for pk, opened in rows.items()}


@dataclass(frozen=True)
class Clash:
    """A field that somebody else changed while this person did."""

    bound: BoundField
    label: str
    before: str
    theirs: str
    yours: str

    @property
    def is_long(self) -> bool:
        """Whether the values are to be read, and copied from, rather than compared at a glance."""
        return max(map(len, (self.before, self.theirs, self.yours))) > 80

    @property
    def sentence(self) -> str:
        """What the field says of it."""
        said = _("Somebody else changed this meanwhile: “%(before)s” became “%(theirs)s”.")
        short = {"before": _short(self.before), "theirs": _short(self.theirs)}
        return str(said % short)


@dataclass
class Meanwhile:
    """What somebody else did to a row while its form was open."""

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
    """Return what the fields of a form show, as its page carries it."""
    if not getattr(form, "carries_opening", False):
        return {}
    return {bound.name: kept(shown(bound)) for bound in compared_fields(form)}


def is_untouched(form: forms.BaseForm, opened: Opened) -> bool:
    """Tell whether the form came back as it was opened."""
    return all(kept(sent(bound)) == opened.get(bound.name) for bound in compared_fields(form))


def settle(form: forms.BaseForm, opened: Opened) -> Meanwhile:
    """Put what is stored into the data of fields that this person left alone; tell the rest."""
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
