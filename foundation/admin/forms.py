"""Base forms of the admin: conflict handling, slugs made from titles, checks on derived columns."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from foundation.admin.conflicts import Meanwhile, Opened, Opening, settle
from foundation.admin.inline_rows import RowsFormSet
from foundation.admin.widgets import RelatedSelect
from foundation.models import one_owner
from foundation.models.fields import DerivedField, ProseFormField
from foundation.models.form_fields import LengthFormField
from foundation.models.slug_columns import free_slug
from foundation.text.names import name_key


class RowForm(forms.ModelForm):
    """A model form that merges concurrent edits, validates derived columns, and shows no label
    twice.

    What somebody else stored since the form was opened stays in fields that this person left
    alone; a field that both changed is an error that shows both values (`admin_meanwhile`).

    Args:
        opened: what the fields showed when the form was opened; for a row of an inline. The form
            of a page reads it from the page's own data.
    """

    carries_opening = True

    def __init__(self, *args: Any, opened: Opened | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.opened = opened
        self.meanwhile = Meanwhile()
        self._is_settled = False
        self._stored = {name: self.instance.__dict__.get(name) for name in self._column_names()}
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, RelatedSelect):
                self._tell(name, widget)
            if isinstance(field, ProseFormField):
                field.keep(self.instance.__dict__.get(name))

    def _tell(self, name: str, widget: RelatedSelect) -> None:
        relation = self.instance._meta.get_field(name)
        if relation.is_cached(self.instance) and getattr(self.instance, name):
            widget.know(getattr(self.instance, name))

    def full_clean(self) -> None:
        """Merge concurrent edits into the submitted data, then validate it."""
        self._settle()
        super().full_clean()
        for clash in self.meanwhile.clashes:
            self.add_error(clash.bound.name, ValidationError(clash.sentence, code="meanwhile"))

    def _settle(self) -> None:
        opened = self._opened() if self.is_bound and self.carries_opening else None
        if opened is None or self._is_settled or self.instance.pk is None:
            return
        self._is_settled = True
        self.meanwhile = settle(self, opened)
        self.__dict__.pop("changed_data", None)

    def _opened(self) -> Opened | None:
        if self.opened is not None or self.prefix:
            return self.opened
        opening = Opening.sent_with(self.data)
        return opening.of_row() if opening else None

    def doubts(self) -> list[str]:
        """Return warnings about the saved row: values that look wrong, though they may be right."""
        return []

    def understood(self) -> list[str]:
        """Return messages that say how typed durations were read, since 45 may have meant something
        else.
        """
        return [
            field.understood(length)
            for name, field in self.fields.items()
            if isinstance(field, LengthFormField)
            and name in self.changed_data
            and (length := self.cleaned_data.get(name))
        ]

    def changed_columns(self) -> list[str]:
        """Return the names of the columns that differ from those that were loaded."""
        now = self.instance.__dict__
        return [name for name, value in self._stored.items() if now.get(name) != value]

    def _column_names(self) -> list[str]:
        fields = self.instance._meta.concrete_fields
        return [field.attname for field in fields if not (field.primary_key or field.generated)]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for field in self._derived():
            source = self.cleaned_data[field.source]
            setattr(self.instance, field.attname, field.derive(source or ""))
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Exclude the fields that are not on the form from validation, except derived columns.

        Without derived columns, only the database would find a duplicate or invisible name.
        """
        hidden: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # -- Django's
        return hidden - {field.name for field in self._derived()}

    def _update_errors(self, errors: ValidationError) -> None:
        """Show the errors of derived columns at the field that they are derived from."""
        for field in self._derived():
            for error in errors.error_dict.pop(field.name, ()):
                said = error if error.code == one_owner.CODE else _taken()
                errors.error_dict.setdefault(field.source, []).append(said)
        super()._update_errors(errors)  # type: ignore[misc]  # -- Django's own

    def _derived(self) -> list[DerivedField]:
        return [
            field
            for field in self.instance._meta.fields
            if isinstance(field, DerivedField) and field.source in self.cleaned_data
        ]


class OtherNameForm(RowForm):
    """Form of an alias. An alias without a name is an old URL, which nobody types."""

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not name_key(name) and not self.instance.slug:
            raise forms.ValidationError(_("Give a name with at least one visible sign."))
        return name


class AddressedForm(RowForm):
    """Form of a model with a slug: an empty slug is made from the title or name."""

    slug_source: ClassVar[str] = "title"
    slug_fallback: ClassVar[str]
    reserved_slugs: ClassVar[Collection[str]] = ()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        text = self.cleaned_data.get(self.slug_source)
        if text and self.cleaned_data.get("slug") == "":
            self.cleaned_data["slug"] = free_slug(
                self.instance,
                text,
                fallback=self.slug_fallback,
                reserved=self.reserved_slugs,
                among=self.neighbours(),
            )
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Exclude a slug that could not be made because the title is missing."""
        hidden = super()._get_validation_exclusions()
        return hidden if self.cleaned_data.get("slug") else {*hidden, "slug"}

    def neighbours(self) -> Q:
        """Return the condition for the rows among which the slug must be unique."""
        return Q()


class PasswordAlone:
    """Password form that writes no other column of the user: hashing takes a while, and others may
    save meanwhile.
    """

    def set_password_and_save(self, user: Any, *args: Any, commit: bool = True, **kw: Any) -> Any:
        user = super().set_password_and_save(user, *args, commit=False, **kw)  # type: ignore[misc]  # -- Django's
        if commit:
            user.save(update_fields=["password"])
        return user


class DistinctFormSet(RowsFormSet):
    """Formset of a row's inline rows, no two of which have the same value in one field.

    A unique constraint of the database includes the parent row, and Django's forms do not check
    such constraints.
    """

    distinct_field: ClassVar[str]

    def clean(self) -> None:
        super().clean()
        stored = {form.instance.pk: self._value(form.initial) for form in self.initial_forms}
        seen: set[Any] = {self._value_of(row) for row in self.added_meanwhile()}
        for form in self.forms:
            value = None if form.cleaned_data.get("DELETE") else self._value(form.cleaned_data)
            others = {stored[pk] for pk in stored if pk != form.instance.pk}
            if value and (value in seen or (form.instance.pk and value in others)):
                form.add_error(self.distinct_field, _("This is there already."))
            seen.add(value)

    def _value_of(self, row: Model) -> Any:
        column: Any = row._meta.get_field(self.distinct_field)
        return self.comparable(getattr(row, column.attname))

    def _value(self, values: Mapping[str, Any]) -> Any:
        value = values.get(self.distinct_field)
        return None if value is None else self.comparable(value)

    def comparable(self, value: Any) -> Any:
        """Return the key by which values are compared; for a related row its id."""
        return getattr(value, "pk", value)


class DistinctNamesFormSet(DistinctFormSet):
    """Formset of a row's names, no two of which have the same key."""

    distinct_field = "name"

    def comparable(self, value: str) -> str:
        return name_key(value)


def _taken() -> ValidationError:
    return ValidationError(_("Another one has this name already."), code="unique")
