"""What the admin's forms share: addresses made from titles, and checks on derived columns."""

from collections.abc import Callable, Collection
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from notes_site.admin_widgets import RelatedSelect
from notes_site.fields import DerivedField
from notes_site.names import name_key
from notes_site.slugs import free_slug


class RowForm(forms.ModelForm):
    """A form of one row: checks what is made from its fields, asks for no label twice."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, RelatedSelect):
                self._tell(name, widget)

    def _tell(self, name: str, widget: RelatedSelect) -> None:
        relation = self.instance._meta.get_field(name)
        if relation.is_cached(self.instance) and getattr(self.instance, name):
            widget.know(getattr(self.instance, name))

    def validate_unique(self) -> None:
        self._check(self.instance.validate_unique)

    def validate_constraints(self) -> None:
        self._check(self.instance.validate_constraints)

    def _check(self, check: Callable[..., None]) -> None:
        """Run a check of the model on derived columns too, which no form shows.

        Without it a name that is taken, or of which nothing is visible, would be found out by the
        database alone.
        """
        derived = self._derived()
        for field in derived:
            setattr(
                self.instance, field.attname, field.derive(getattr(self.instance, field.source))
            )
        hidden = self._get_validation_exclusions()  # type: ignore[attr-defined]  # -- Django's own
        exclude = set(hidden) - {field.name for field in derived}
        try:
            check(exclude=exclude)
        except ValidationError as error:
            self._update_errors(self._at_their_source(error, derived))  # type: ignore[attr-defined]  # -- see above

    def _derived(self) -> list[DerivedField]:
        return [
            field
            for field in self.instance._meta.fields
            if isinstance(field, DerivedField) and field.source in self.cleaned_data
        ]

    def _at_their_source(
        self, error: ValidationError, derived: list[DerivedField]
    ) -> ValidationError:
        """Return the error with what is said of derived columns said of what they are made from."""
        sources = {field.name: field.source for field in derived}
        by_field: dict[str, list[ValidationError]] = {}
        for name, errors in error.error_dict.items():
            taken = ValidationError(_("Another one has this name already."), code="unique")
            by_field.setdefault(sources.get(name, name), []).extend(
                [taken] if name in sources else errors
            )
        return ValidationError(by_field)


class AddressedForm(RowForm):
    """A form of a row with an address: one left empty is made from the title or name."""

    slug_source: ClassVar[str] = "title"
    slug_fallback: ClassVar[str]
    reserved_slugs: ClassVar[Collection[str]] = ()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        text = self.cleaned_data.get(self.slug_source)
        if text and self.cleaned_data.get("slug") == "":
            self.cleaned_data["slug"] = free_slug(
                self.neighbours().exclude(pk=self.instance.pk),
                text,
                fallback=self.slug_fallback,
                reserved=self.reserved_slugs,
            )
        return cleaned

    def neighbours(self) -> QuerySet[Any]:
        """Return the rows among which the address must be free."""
        model: type[Model] = self._meta.model
        return model._default_manager.all()


class NamesFormSet(forms.BaseInlineFormSet):
    """Other names of one row: no two of them the same, also where both are new."""

    def clean(self) -> None:
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            deleted = form.cleaned_data.get("DELETE")
            key = "" if deleted else name_key(form.cleaned_data.get("name") or "")
            if key and key in seen:
                form.add_error("name", _("This name is given twice."))
            seen.add(key)
