"""Inline formsets that tolerate concurrent edits: others add, change and delete rows while the page
is open.
"""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model, QuerySet
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.utils.translation import gettext as _

from foundation.admin.conflicts import Opened, Opening, is_untouched

# What a browser sent of one row, by the names of its fields.
SentRow = dict[str, list[str]]
_DELETE = forms.formsets.DELETION_FIELD_NAME


class RowsFormSet(forms.BaseInlineFormSet):
    """Inline formset of a row.

    A row that another user deleted meanwhile stays deleted if this person did not change it; if
    they did, it becomes a new row with their values. Rows that were added meanwhile stay. The rows
    are locked from here to the end of the save.
    """

    model: type[Model]
    prefix: str
    data: Any

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.deleted_meanwhile = 0
        self._revived: set[int] = set()
        opening = Opening.sent_with(self.data) if self.is_bound and self.instance.pk else None
        self._opened = opening.of_inline(self.prefix) if opening else None
        if self._opened is not None and self.management_form.is_valid():
            self._see_to_deleted(self._opened)

    def get_queryset(self) -> QuerySet:
        is_first = not hasattr(self, "_queryset")
        rows = super().get_queryset()
        if is_first and self.is_bound and connection.in_atomic_block:
            self._queryset = rows.select_for_update(of=("self",), no_key=True)
        return super().get_queryset()

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs(index)
        if index is None or self._opened is None or index >= self.initial_form_count():
            return kwargs
        return {**kwargs, "opened": self._opened.get(self._sent_pk(index), {})}

    def added_meanwhile(self) -> list[Model]:
        """Return the stored rows that the submitted page does not name."""
        if not (self.is_bound and self.instance.pk):
            return []
        named = {form.instance.pk for form in self.initial_forms}
        return [row for row in self.get_queryset() if row.pk not in named]

    def clean(self) -> None:
        super().clean()
        for index in self._revived:
            text = _(
                "Somebody else deleted this row meanwhile. Save again to add it anew, or empty it."
            )
            self.forms[index].add_error(None, ValidationError(text, code="meanwhile"))
        deleted: list[Any] = self.deleted_forms
        for form in deleted:
            if form.meanwhile.clashes or form.meanwhile.kept:
                text = _("Somebody else changed “%(row)s” meanwhile. Save again to delete it.")
                raise ValidationError(text, params={"row": form.instance}, code="meanwhile")

    def _sent_pk(self, index: int) -> str:
        return str(self.data.get(f"{self.add_prefix(index)}-{self.model._meta.pk.name}", ""))

    def _see_to_deleted(self, opened: Mapping[str, Opened]) -> None:
        """Remove deleted rows from the data; turn those that this person changed into new rows."""
        rows, stored = self._sent_rows(), {"", *(str(row.pk) for row in self.get_queryset())}
        first = min(self._count(INITIAL_FORM_COUNT), len(rows))
        gone = [n for n in range(first) if self._sent_pk(n) not in stored]
        if not gone:
            return
        there = [row for n, row in enumerate(rows) if n not in gone]
        typed = [n for n in gone if self._is_typed_in(n, opened.get(self._sent_pk(n), {}))]
        anew = [{**rows[n], self.model._meta.pk.name: [""]} for n in typed]
        self._send([*there, *anew], first - len(gone))
        self._revived = set(range(len(there), len(there) + len(anew)))
        self.deleted_meanwhile = len(gone) - len(anew)

    def _is_typed_in(self, index: int, opened: Opened) -> bool:
        form = self.form(self.data, self.files, prefix=self.add_prefix(index), **self.form_kwargs)
        form.fields.pop(self.fk.name, None)
        is_to_go = self.data.get(f"{form.prefix}-{_DELETE}")
        return self.max_num > 0 and not is_to_go and not is_untouched(form, opened)

    def _sent_rows(self) -> list[SentRow]:
        """Return the submitted rows in their order."""
        total = min(self._count(TOTAL_FORM_COUNT), self.absolute_max)
        rows: list[SentRow] = [{} for _row in range(total)]
        for name, values in self.data.lists():
            if (found := self._of_a_row(name)) and int(found[1]) < len(rows):
                rows[int(found[1])][found[2]] = values
        return rows

    def _count(self, name: str) -> int:
        return int(self.management_form.cleaned_data[name] or 0)

    def _of_a_row(self, name: str) -> re.Match[str] | None:
        return re.fullmatch(rf"{re.escape(self.prefix)}-([0-9]{{1,6}})-(.+)", name)

    def _send(self, rows: list[SentRow], initial: int) -> None:
        """Replace the submitted rows in the data by these."""
        data = self.data.copy()
        for name in [name for name in data if self._of_a_row(name)]:
            del data[name]
        for index, row in enumerate(rows):
            for name, values in row.items():
                data.setlist(f"{self.add_prefix(index)}-{name}", values)
        data[f"{self.prefix}-{INITIAL_FORM_COUNT}"] = str(initial)
        data[f"{self.prefix}-{TOTAL_FORM_COUNT}"] = str(len(rows))
        self.data = data
        del self.management_form
