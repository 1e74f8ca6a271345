"""List filters of the admin for relations with too many rows to list."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters, ModelAdmin
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from foundation.admin.widgets import RelatedSelect


class RelatedFilter(admin.SimpleListFilter):
    """Filter by one related row, chosen in an autocomplete select.

    Subclasses name the relation: `field_name = "conference"`. The address says
    `?conference__id__exact=5`, as with Django's own filter. Without JavaScript a text field takes
    the select's place (`?conference__named=pycon`): the rows of everything that the text finds.
    """

    template = "admin/related_filter.html"
    field_name: ClassVar[str]

    def __init_subclass__(cls) -> None:
        cls.parameter_name = f"{cls.field_name}__id__exact"

    def __init__(
        self,
        request: HttpRequest,
        params: dict[str, list[str]],
        model: type[Model],
        model_admin: ModelAdmin,
    ):
        field: Any = model._meta.get_field(self.field_name)
        self.field, self.title = field, field.verbose_name
        self.named_parameter = f"{self.field_name}__named"
        self.admin_site = model_admin.admin_site
        self.request = request
        self.is_offered = self._related_admin().has_view_permission(request)
        # Where it is not offered, the list itself reads `?conference__id__exact=5`.
        mine = params if self.is_offered else {}
        super().__init__(request, mine, model, model_admin)
        self.named = (mine.pop(self.named_parameter, None) or [""])[-1].strip()

    def expected_parameters(self) -> list[str | None]:
        return [self.parameter_name, self.named_parameter]

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[Any]:
        return []

    def has_output(self) -> bool:
        """Return whether the person may see the rows that the filter offers."""
        return self.is_offered

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value():
            return queryset.filter(**{self.field_name: self._chosen()})
        if self.named:
            # Apart, since a talk of two speakers who are found would come twice.
            rows = queryset.model._base_manager.order_by()
            found = rows.filter(**{f"{self.field_name}__in": self._found()})
            return queryset.filter(pk__in=found.values("pk"))
        return queryset

    def choices(self, changelist: ChangeList) -> list[dict[str, Any]]:  # type: ignore[override]  # -- any iterable does
        """Return the template's data: one form, with the list's other parameters as
        hidden fields.
        """
        mine = {*self.expected_parameters(), PAGE_VAR}
        kept = [
            (name, value)
            for name, values in changelist.filter_params.items()
            if name not in mine
            for value in values
        ]
        away = changelist.get_query_string(remove=[name for name in mine if name])
        return [{"filter": self, "form": self._form(), "kept": kept, "away": away}]

    def _form(self) -> forms.Form:
        select = RelatedSelect(self.field, self.admin_site)
        rows = self._offered_rows()
        form = forms.Form(auto_id="filter_by_%s", initial={str(self.parameter_name): self.value()})
        form.fields[str(self.parameter_name)] = forms.ModelChoiceField(
            rows, widget=select, required=False, label=self.title
        )
        select.attrs["data-placeholder"] = str(_("All"))
        return form

    def _chosen(self) -> Any:
        try:
            return self._related_model()._meta.pk.clean(self.value(), None)
        except ValidationError as error:
            raise IncorrectLookupParameters(error) from error

    def _found(self) -> QuerySet:
        rows = self._offered_rows().order_by()
        found, _may_repeat = self._related_admin().get_search_results(
            self.request, rows, self.named
        )
        return found.values("pk")

    def _offered_rows(self) -> QuerySet:
        """Return the rows that the person sees in the related model's own list."""
        return self._related_admin().get_queryset(self.request)

    def _related_model(self) -> Any:
        return self.field.remote_field.model

    def _related_admin(self) -> ModelAdmin:
        return self.admin_site.get_model_admin(self._related_model())
