"""Admin of follow-ups: the signed-in author's open tasks after talks."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from foundation.admin.model_admin import ReadOnlyAdmin
from recaps.models import FollowUp


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnlyAdmin):
    """The signed-in author's follow-ups, open ones first. They are ticked in the recap's text."""

    list_display = ("text", "recap_link", "subject", "is_done")
    list_display_links = None
    list_filter = ("is_done",)
    search_fields = ("text", "recap__title", "recap__talk__title", "recap__conference__title")
    ordering = ("is_done", "-recap__updated_at", "-recap", "position")
    actions = None
    fields = ("text", "recap_link", "is_done")

    def get_queryset(self, request: HttpRequest) -> QuerySet[FollowUp]:
        follow_ups: Any = super().get_queryset(request)
        own: QuerySet[FollowUp] = follow_ups.by_author(request.user)
        return own

    def for_list(self, queryset: QuerySet) -> QuerySet:
        return queryset.select_related("recap__talk", "recap__conference").defer(
            "recap__body", "recap__body_html", "recap__talk__abstract"
        )

    def has_delete_permission(self, request: HttpRequest, obj: FollowUp | None = None) -> bool:
        """Allow deletion together with their recap; a single one is deleted by changing the recap's
        text.
        """
        return obj is None

    @admin.display(description=_("recap"), ordering="recap__title")
    def recap_link(self, follow_up: FollowUp) -> str:
        """Return a link to the text in which the box can be ticked."""
        address = reverse("admin:recaps_recap_change", args=[follow_up.recap_id])
        return format_html('<a href="{}">{}</a>', address, follow_up.recap)

    @admin.display(description=_("about"))
    def subject(self, follow_up: FollowUp) -> str:
        """Return the talk or conference that the recap is about."""
        return str(follow_up.recap.subject)
