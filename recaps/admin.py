"""Recaps in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from notes_site.admin_base import FormerInline, ReadOnlyAdmin
from notes_site.admin_filters import RelatedFilter
from recaps.forms import RecapForm
from recaps.models import FollowUp, OldRecapSlug, Recap
from recaps.renaming import rename_recap
from recaps.writing import write_recap
from talks.admin_tags import TaggedAdmin


class ConferenceFilter(RelatedFilter):
    """Recaps of one conference as a whole."""

    field_name = "conference"


class AuthorFilter(RelatedFilter):
    """Recaps by one author."""

    field_name = "author"


class FormerRecapInline(FormerInline):
    """Addresses that a recap had before."""

    model = OldRecapSlug


@admin.register(Recap)
class RecapAdmin(TaggedAdmin):
    """Recaps, the last changed first."""

    form = RecapForm
    list_display = ("title", "subject", "author", "status", "published_at", "updated_at")
    list_filter = ("status", ConferenceFilter, AuthorFilter)
    search_fields = ("title", "talk__title", "conference__title", "author__public_name")
    date_hierarchy = "published_at"
    ordering = ("-updated_at", "-id")
    autocomplete_fields = ("talk", "conference", "author")
    readonly_fields = ("updated_at", "body_html")
    inlines = (FormerRecapInline,)
    fieldsets = (
        (None, {"fields": ("title", "talk", "conference", "author")}),
        (_("Text"), {"fields": ("body", "summary", "language", "tags")}),
        (_("Publication"), {"fields": ("status", "published_at", "slug", "updated_at")}),
        (_("As readers see it"), {"fields": ("body_html",), "classes": ("collapse",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Recap]:
        return (
            super().get_queryset(request).select_related("talk__conference", "conference", "author")
        )

    def for_list(self, queryset: QuerySet) -> QuerySet:
        return queryset.defer("body", "body_html", "talk__abstract", "conference__description")

    def get_view_on_site_url(self, obj: Model | None = None) -> str | None:
        """Return the recap's page, if readers may see it: a draft has none."""
        is_public = isinstance(obj, Recap) and obj.is_public
        return super().get_view_on_site_url(obj) if is_public else None

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"author": request.user.pk, **super().get_changeform_initial_data(request)}

    def get_readonly_fields(
        self, request: HttpRequest, obj: Recap | None = None
    ) -> tuple[str, ...]:
        """Leave the author as it is for whoever may not look people up."""
        if request.user.has_perm("accounts.view_user"):
            return self.readonly_fields
        return (*self.readonly_fields, "author")

    def save_model(
        self,
        request: HttpRequest,
        obj: Recap,
        form: forms.ModelForm,
        change: bool,
    ) -> None:
        if change:
            rename_recap(obj, slug=obj.slug)
        if obj.author_id is None:
            obj.author = request.user
        write_recap(obj)


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnlyAdmin):
    """What the signed-in author wanted to do after talks: open ones first. Ticked in the recap."""

    list_display = ("text", "recap_link", "subject", "is_done")
    list_display_links = None
    list_filter = ("is_done",)
    search_fields = ("text", "recap__title", "recap__talk__title", "recap__conference__title")
    ordering = ("is_done", "-recap__updated_at", "-recap", "position")
    actions = None
    fields = ("text", "recap_link", "is_done")

    def get_queryset(self, request: HttpRequest) -> QuerySet[FollowUp]:
        return super().get_queryset(request).filter(recap__author=request.user)

    def for_list(self, queryset: QuerySet) -> QuerySet:
        return queryset.select_related("recap__talk", "recap__conference").defer(
            "recap__body", "recap__body_html", "recap__talk__abstract"
        )

    def has_delete_permission(self, request: HttpRequest, obj: FollowUp | None = None) -> bool:
        """Allow them to go with their recap: one alone goes when the recap's text changes."""
        return obj is None

    @admin.display(description=_("recap"), ordering="recap__title")
    def recap_link(self, follow_up: FollowUp) -> str:
        """Return the way to the text where the box can be ticked."""
        address = reverse("admin:recaps_recap_change", args=[follow_up.recap_id])
        return format_html('<a href="{}">{}</a>', address, follow_up.recap.title)

    @admin.display(description=_("about"))
    def subject(self, follow_up: FollowUp) -> str:
        """Return the talk or conference that the recap is about."""
        return str(follow_up.recap.subject)
