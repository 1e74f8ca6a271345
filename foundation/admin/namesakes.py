"""Admin forms that ask for confirmation before a name is used a second time."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Model, QuerySet, Value
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.admin.forms import AddressedForm
from foundation.models.folding import Folded
from foundation.text.names import name_key

_MOST_SHOWN = 5
_CONFIRMED = "add_anyway"


class NamesakesForm(AddressedForm):
    """A form that lists the rows with the same name, compared without accents, capitals and
    punctuation.

    Two persons may have one name, so a ticked box confirms the second one.
    """

    # Where names stand: other names too.
    name_columns: ClassVar[tuple[str, ...]] = ("title",)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        name = self.cleaned_data.get(self.slug_source)
        if name and self._is_new(name) and not self._is_confirmed(name):
            found = list(self.namesakes(name)[:_MOST_SHOWN])
            if found:
                self.add_error(self.slug_source, self._offer(name, found))
        return cleaned

    def namesakes(self, name: str) -> QuerySet[Any]:
        """Return the other rows with the same folded name or alias. One query."""
        rows = [
            self._rows().filter(**{f"{column}__folded": Folded(Value(name))}).order_by()
            for column in self.name_columns
        ]
        same = rows[0].values("pk").union(*(each.values("pk") for each in rows[1:]))
        return self._rows().filter(pk__in=same).exclude(pk=self.instance.pk).order_by("pk")

    def may_be_twice(self, name: str) -> bool:
        """Return whether another row may have this name, although its folded form is taken."""
        return True

    def _rows(self) -> QuerySet[Any]:
        model: type[Model] = self._meta.model
        return model._default_manager.all()

    def _is_new(self, name: str) -> bool:
        """Return whether the name changed; a change of slug or text needs no confirmation."""
        before = self.initial.get(self.slug_source) or ""
        return self.instance.pk is None or name_key(before) != name_key(name)

    def _is_confirmed(self, name: str) -> bool:
        return self.data.get(self.add_prefix(_CONFIRMED)) == name_key(name)

    def _offer(self, name: str, found: list[Any]) -> forms.ValidationError:
        said = ngettext(
            "There is one of this name already:", "There are some of this name already:", len(found)
        )
        box = self._box(name) if self.may_be_twice(name) else ""
        offer = format_html("{} {}. {}", said, _links(found), box)
        return forms.ValidationError(offer, code="namesake")

    def _box(self, name: str) -> SafeString:
        """Return a checkbox whose value is the confirmed name, so it confirms no other."""
        return format_html(
            '<label><input type="checkbox" name="{}" value="{}"> {}</label>',
            self.add_prefix(_CONFIRMED),
            name_key(name),
            _("This is another one: save it all the same."),
        )


def _links(rows: list[Any]) -> SafeString:
    """Return links to the rows' admin pages, in new windows so that the form stays open."""
    return format_html_join(
        ", ", '<a href="{}" target="_blank">{}</a>', ((_page(row), row) for row in rows)
    )


def _page(row: Any) -> str:
    options = row._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[row.pk])
