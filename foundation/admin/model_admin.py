"""Base classes of the site's model admins: no query per row, no server error for odd requests."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import BaseModelAdmin, IncorrectLookupParameters, ShowFacets
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminSplitDateTime, RelatedFieldWidgetWrapper
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from foundation.admin.conflict_messages import (
    concurrent_changes,
    conflict_message,
    gone_page,
    lock_row,
    typed_in,
)
from foundation.admin.conflicts import Opening
from foundation.admin.deletion import Deletion, preview_deletion
from foundation.admin.filters import RelatedFilter
from foundation.admin.forms import RowForm
from foundation.admin.inline_rows import RowsFormSet
from foundation.admin.search import rows_with_words
from foundation.admin.widgets import RelatedSelect, name_parts
from foundation.logs.lines import log_when_done
from foundation.models.broken_rows import SoundQuerySet
from foundation.models.form_fields import LengthFormField, MomentFormField
from foundation.models.old_addresses import OldAddress, change_address

# What Django's own filters ask of a column, and what the days above a list do.
_OF_FILTERS = ("exact", "isnull", "in", "gte", "lt")
_OF_DAYS = ("year", "month", "day")
# Whatever model has a moment or a length, Django's own too: unchanged ones stay what they are.
_FORM_FIELDS: dict[type[models.Field], dict[str, Any]] = {
    models.DateTimeField: {"form_class": MomentFormField},
    models.DurationField: {"form_class": LengthFormField},
}
_MEDIA = forms.Media(
    css={"all": ["admin_notes/admin.css"]},
    js=[forms.Script("admin_notes/list_filters.js", type="module")],  # type: ignore[list-item]  # -- a path or a Script
)


class NotesChangeList(ChangeList):
    """Change list that loads what its columns show and rejects invalid filter values."""

    model_admin: "NotesModelAdmin"

    def get_queryset(
        self, request: HttpRequest, exclude_parameters: list[str | None] | None = None
    ) -> models.QuerySet:
        try:
            queryset = super().get_queryset(request, exclude_parameters)
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error
        return self.model_admin.for_list(queryset)

    def get_results(self, request: HttpRequest) -> None:
        """Count and paginate. Some values turn out to be out of range only here: the year 10000."""
        try:
            super().get_results(request)
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error


class RelatedSelects(BaseModelAdmin):
    """Mixin: forms choose related rows in the site's autocomplete select."""

    form = RowForm
    formfield_overrides = _FORM_FIELDS

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = RelatedSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Return the field. A related row gets links to change it and to add one.

        Django's links to view and to delete it are left out: one wrong click would follow them.
        """
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_view_related = field.widget.can_delete_related = False
        if field and isinstance(field.widget, AdminSplitDateTime):
            name_parts(field.widget, capfirst(str(field.label)))
        return field


class RowsInline(RelatedSelects, admin.TabularInline):  # type: ignore[misc]  # -- `form`
    """Base inline of the site's admins."""

    formset = RowsFormSet
    extra = 0


class FormerInline(RowsInline):
    """Inline of a row's old URLs: read-only, but deletable where one should no longer redirect."""

    fields: ClassVar[tuple[str, ...]] = ("slug",)
    readonly_fields: ClassVar[tuple[str, ...]] = ("slug",)
    can_delete = True
    classes = ("collapse",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @classmethod
    def of(cls, old: type[OldAddress]) -> "type[FormerInline]":
        """Return the inline class for a model of old URLs."""
        return type(f"{old.__name__}Inline", (cls,), {"model": old})


class SafeAdmin(admin.ModelAdmin):
    """ModelAdmin with fixes for errors of Django's own.

    Two people may save one row: see `foundation.admin.conflicts`.
    """

    form = RowForm
    list_per_page = 100
    list_max_show_all = 200
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    delete_selected_confirmation_template = "admin/delete_some.html"
    delete_confirmation_template = "admin/delete_one.html"
    # What to do with a row that cannot be deleted, because something hangs on it.
    instead_of_deleting = _("Take that away first.")
    formfield_overrides = _FORM_FIELDS

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NotesChangeList

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Return all rows, broken ones too, so that they can be fixed or deleted here."""
        queryset = super().get_queryset(request)
        return queryset.also_broken() if isinstance(queryset, SoundQuerySet) else queryset

    def for_list(self, queryset: models.QuerySet) -> models.QuerySet:
        """Load the related rows that `list_display` shows."""
        return queryset

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        return rows_with_words(queryset, self.get_search_fields(request), search_term), False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Allow only the lookups of the list's filters and of its date hierarchy.

        Any other lookup would reveal rows that the person may not see (`?recaps=7`), or, character
        by character, columns that no list shows.
        """
        return lookup in {*self._asked_by_filters(request), *self._asked_by_days()}

    def _asked_by_filters(self, request: HttpRequest | None) -> Iterator[str]:
        for each in self.get_list_filter(request) if request else self.list_filter:
            if isinstance(each, type) and issubclass(each, RelatedFilter):
                yield from (each.field_name, f"{each.field_name}__named")
            if isinstance(each, type) and issubclass(each, SimpleListFilter):
                yield str(each.parameter_name)
            else:
                yield from self._asked_of(each[0] if isinstance(each, tuple) else each)

    def _asked_of(self, path: Any) -> Iterator[str]:
        """Yield the lookups that Django's filter of a column, or of a related row, uses."""
        field: Any = get_fields_from_path(self.model, path)[-1]
        target = f"{path}__{field.target_field.name}" if field.is_relation else path
        yield path
        yield from (f"{one}__{lookup}" for one in {path, target} for lookup in _OF_FILTERS)

    def _asked_by_days(self) -> Iterator[str]:
        return (f"{self.date_hierarchy}__{part}" for part in _OF_DAYS if self.date_hierarchy)

    def log_addition(self, request: HttpRequest, object: Any, message: Any) -> Any:  # noqa: A002
        log_when_done("add", by=request.user, what=_row_for_log(object))
        return super().log_addition(request, object, message)

    def log_change(self, request: HttpRequest, object: Any, message: Any) -> Any:  # noqa: A002
        log_when_done("change", by=request.user, what=_row_for_log(object))
        return super().log_change(request, object, message)

    def log_deletions(self, request: HttpRequest, queryset: models.QuerySet) -> Any:
        log_when_done(
            "delete", by=request.user, what=", ".join(_row_for_log(row) for row in queryset)
        )
        return super().log_deletions(request, queryset)

    @transaction.atomic
    def _act(self, request: HttpRequest, extra_context: dict[str, Any] | None) -> HttpResponse:
        return super().changelist_view(request, extra_context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list, or run an action on its rows in one transaction, all or nothing."""
        if request.method == "POST":
            try:
                return self._act(request, extra_context)
            except IntegrityError:  # what came to hang on a row in between: see `delete_view`
                return self._act(request, extra_context)
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show or save a form.

        If another user saves the same slug or name between validation and writing, the form is
        validated again: it then shows the error, with everything that was typed.
        """
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            return super().changeform_view(request, *args, **kwargs)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """Return the row; where a form is submitted, locked until the end of the save."""
        if request.method == "POST" and from_field is None:
            lock_row(self.model, object_id)
        return super().get_object(request, object_id, from_field)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """Answer for a row that no longer exists; the page shows the submitted text."""
        if typed := typed_in(self, request):
            return gone_page(self, request, typed)
        response: HttpResponse = super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]  # -- Django's
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show the form with its initial values; status 409 where another user saved too."""
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        news = concurrent_changes(form, formsets)
        if form.instance.pk:
            context["opening"] = Opening.of_page(form, formsets).as_text()
            context["meanwhile"] = news
        response = super().render_change_form(request, context, *args, **kwargs)
        if news.asks:
            response.status_code = 409
        return response

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Insert a new row, or update only the changed columns of a stored one."""
        if not change:
            super().save_model(request, obj, form, change)
        elif columns := form.changed_columns():
            obj.save(update_fields=columns)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if told := conflict_message(concurrent_changes(form, formsets)):
            self.message_user(request, told, messages.INFO)
        for sentence in form.understood():
            self.message_user(request, sentence, messages.INFO)
        for sentence in form.doubts():
            self.message_user(request, sentence, messages.WARNING)

    def response_action(  # type: ignore[override]  # -- the stubs are Django 6's
        self, request: HttpRequest, queryset: models.QuerySet
    ) -> HttpResponse | None:
        try:
            for chosen in request.POST.getlist(ACTION_CHECKBOX_NAME):
                self.opts.pk.clean(chosen, None)
        except ValidationError:
            nothing = _("The selection names rows that cannot exist. Nothing was changed.")
            self.message_user(request, nothing, messages.WARNING)
            return None
        return super().response_action(request, queryset)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the initial values of an add form from the query string, without invalid ones."""
        initial = super().get_changeform_initial_data(request)
        read = {name: self._as_python(name, value) for name, value in initial.items()}
        return {name: value for name, value in read.items() if value is not None}

    def _as_python(self, name: str, value: Any) -> Any:
        try:
            field: Any = self.opts.get_field(name)
            field = field.target_field if isinstance(field, models.ForeignKey) else field
            return field.to_python(value) if isinstance(value, str) else value
        except (FieldDoesNotExist, ValidationError, OverflowError):
            return None

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Deletion:
        return preview_deletion(objs, request, self.admin_site, str(self.instead_of_deleting))

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm or delete. Related rows that were added in between are found by
        checking again.
        """
        try:
            return super().delete_view(request, *args, **kwargs)
        except IntegrityError:
            return super().delete_view(request, *args, **kwargs)

    def get_view_on_site_url(self, obj: models.Model | None = None) -> str | None:
        """Return the row's own page, not Django's redirect, which checks no permission."""
        if obj is None or not hasattr(obj, "get_absolute_url"):
            return None
        try:
            address: str = obj.get_absolute_url()
        except NoReverseMatch:  # a refused form shows its row with a slug that no address can hold
            return None
        return address


class NotesModelAdmin(RelatedSelects, SafeAdmin):
    """Base admin of the site's own models."""

    @property
    def media(self) -> forms.Media:
        filters = [f for f in self.list_filter if isinstance(f, type)]
        if not any(issubclass(f, RelatedFilter) for f in filters):
            return super().media + _MEDIA
        return super().media + RelatedSelect(None, self.admin_site).media + _MEDIA


class RenamingAdmin(admin.ModelAdmin):
    """Admin of models whose old URLs and names redirect."""

    def rename(self, row: Any) -> None:
        """Change the row's slug to the typed one and keep the old one as a redirect."""
        change_address(row, slug=row.slug)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            self.rename(obj)
        super().save_model(request, obj, form, change)


class ReadOnlyAdmin(NotesModelAdmin):
    """Admin of tables that only programs write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _row_for_log(row: models.Model) -> str:
    """Return the row's model and id for the log; its name may be private."""
    return f"{row._meta.label_lower} {row.pk}"
