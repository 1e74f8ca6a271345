"""Read-only admin of import sources, runs and records, which only importers write."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from exchange.enums import RecordKind
from exchange.models import ImportedRecord, ImportRun, ImportSource
from foundation.admin.filters import RelatedFilter
from foundation.admin.model_admin import ReadOnlyAdmin


class SourceFilter(RelatedFilter):
    """Filters records by source."""

    field_name = "source"


class OddRecordFilter(admin.SimpleListFilter):
    """Filters records whose row differs from the source."""

    title = _("difference")
    parameter_name = "differs"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        return [
            ("kept", _("A person's edit was kept")),
            ("gone", _("Gone from the source")),
            ("deleted", _("Deleted here")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "kept":
            return queryset.exclude(kept={})
        if self.value() == "gone":
            return queryset.filter(gone_at__isnull=False)
        if self.value() == "deleted":
            return queryset.filter(kind=RecordKind.TALK, talk__isnull=True)
        return queryset


@admin.register(ImportSource)
class ImportSourceAdmin(ReadOnlyAdmin):
    """Admin of import sources."""

    list_display = ("locator", "kind", "created_at")
    list_filter = ("kind",)
    search_fields = ("locator",)
    ordering = ("kind", "locator")


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """Admin of import runs, newest first."""

    list_display = ("source", "started_at", "finished_at", "by", "counts")
    list_select_related = ("source", "by")
    list_filter = (SourceFilter,)
    search_fields = ("source__locator", "file_hash")
    ordering = ("-started_at", "-id")

    def for_list(self, queryset: QuerySet) -> QuerySet:
        return queryset.defer("report")


@admin.register(ImportedRecord)
class ImportedRecordAdmin(ReadOnlyAdmin):
    """Admin of imported records: what each record of a source became.

    Deleting the record of a talk that was deleted here lets the next import create the talk again.
    """

    list_display = ("external_id", "kind", "source", "talk", "conference", "gone_at")
    list_select_related = ("source", "talk", "conference")
    list_filter = (SourceFilter, "kind", OddRecordFilter)
    search_fields = ("external_id", "talk__title", "conference__title")
    ordering = ("-id",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return ModelAdmin.has_delete_permission(self, request, obj)

    def for_list(self, queryset: QuerySet) -> QuerySet:
        heavy = ("written", "kept", "talk__abstract", "talk__announced", "conference__description")
        return queryset.defer(*heavy)
