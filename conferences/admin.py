"""Admin of conferences and series."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from conferences.forms import ConferenceForm, SeriesForm, what_happened
from conferences.models import Conference, OldConferenceSlug, OldSeriesSlug, Series
from conferences.time_zones import change_time_zone
from foundation.admin.filters import RelatedFilter
from foundation.admin.model_admin import FormerInline, NotesModelAdmin, RenamingAdmin

TALK_TIMES = (_("Times of the talks"), {"fields": ("talk_times",)})


@admin.register(Series)
class SeriesAdmin(RenamingAdmin, NotesModelAdmin):
    """Admin of series, by title, with the number of their editions."""

    form = SeriesForm
    list_display = ("title", "edition_count", "website", "slug")
    search_fields = ("title",)
    ordering = ("title", "id")
    fields = ("title", "website", "slug")
    inlines = (FormerInline.of(OldSeriesSlug),)
    instead_of_deleting = _("Take its conferences out of it first.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Series]:
        return super().get_queryset(request).with_editions()  # type: ignore[attr-defined]  # -- series

    @admin.display(description=_("editions"), ordering="edition_count")
    def edition_count(self, series: Any) -> int:
        """Return the number of the series' editions."""
        count: int = series.edition_count
        return count


class SeriesFilter(RelatedFilter):
    """Filters conferences by series."""

    field_name = "series"


@admin.register(Conference)
class ConferenceAdmin(RenamingAdmin, NotesModelAdmin):
    """Admin of conferences, newest first."""

    form = ConferenceForm
    list_display = (
        *("title", "starts_on", "ends_on", "city", "country", "slug"),
        *("talk_count", "recap_count"),
    )
    list_filter = (SeriesFilter, "dates_estimated", "time_zone_guessed")
    search_fields = ("title", "city", "series__title")
    date_hierarchy = "starts_on"
    ordering = ("-sort_date", "-id")
    autocomplete_fields = ("series",)
    inlines = (FormerInline.of(OldConferenceSlug),)
    instead_of_deleting = _("Correct it instead, or give its talks to another conference first.")
    fieldsets = (
        (None, {"fields": ("title", "series", "website", "slug")}),
        (
            _("When and where"),
            {
                "fields": (
                    ("starts_on", "ends_on", "dates_estimated"),
                    ("city", "country"),
                    ("time_zone", "time_zone_guessed"),
                )
            },
        ),
        (_("What it is"), {"fields": ("description",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conference]:
        return super().get_queryset(request).select_related("series")

    def get_fieldsets(self, request: HttpRequest, obj: Conference | None = None) -> Any:
        """Return the fieldsets; with the question about the talks' times if the conference may have
        some.
        """
        title, place, *others = super().get_fieldsets(request, obj)
        asks = obj is not None and self.has_change_permission(request, obj)
        return [title, place, *([TALK_TIMES] if asks else []), *others]

    def for_list(self, queryset: QuerySet) -> QuerySet:
        return queryset.with_counts()  # type: ignore[attr-defined]  # -- conferences

    def choice_label(self, conference: Conference) -> str:
        """Return the title with days, place and slug, which tell it from conferences of the same
        title.
        """
        return conference.described

    @admin.display(description=_("published recaps"))
    def recap_count(self, conference: Any) -> int:
        """Return the number of published recaps of the conference and its talks."""
        count: int = conference.recap_count
        return count

    @admin.display(description=_("talks"))
    def talk_count(self, conference: Any) -> int:
        """Return the number of the conference's talks, including cancelled ones."""
        count: int = conference.talk_count
        return count

    def save_model(
        self,
        request: HttpRequest,
        obj: Conference,
        form: forms.ModelForm,
        change: bool,
    ) -> None:
        if change and (moved := change_time_zone(obj, keep=form.kept)):  # type: ignore[attr-defined]  # -- our own
            self.message_user(request, what_happened(moved), messages.INFO)
        super().save_model(request, obj, form, change)
