"""The ModelAdmin of recaps: note-takers write their own drafts, curators publish and edit all."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from foundation.admin.filters import RelatedFilter
from foundation.admin.model_admin import FormerInline
from recaps.admin import actions as list_actions
from recaps.admin.bin import BinPages
from recaps.admin.editor import EditorPages
from recaps.admin.saving import SavingPages
from recaps.admin.versions import VersionPages
from recaps.enums import RecapState, SubjectKind
from recaps.forms import RecapForm
from recaps.models import OldRecapSlug, Recap, RecapQuerySet
from recaps.start_texts import start_text


class StateFilter(admin.SimpleListFilter):
    """Filters recaps by state."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        return list(RecapState.choices)

    def queryset(self, request: HttpRequest, queryset: RecapQuerySet) -> RecapQuerySet:  # type: ignore[override]  # -- recaps
        found = {
            RecapState.DRAFT: queryset.not_submitted,
            RecapState.SUBMITTED: queryset.submitted,
            RecapState.SCHEDULED: queryset.scheduled,
            RecapState.PUBLISHED: queryset.published,
        }
        wanted = self.value()
        return found[RecapState(wanted)]() if wanted in RecapState.values else queryset


class ConferenceFilter(RelatedFilter):
    """Filters recaps about a whole conference by conference."""

    field_name = "conference"


class AuthorFilter(RelatedFilter):
    """Filters recaps by author."""

    field_name = "author"


@admin.register(Recap)
class RecapAdmin(VersionPages, BinPages, SavingPages, EditorPages):
    """Admin of recaps, last changed first."""

    form = RecapForm
    list_display = ("shown_title", "subject", "author", "state", "published_at", "updated_at")
    list_filter = (StateFilter, ConferenceFilter, AuthorFilter)
    search_fields = ("title", "talk__title", "conference__title", "author__public_name")
    date_hierarchy = "published_at"
    ordering = ("-updated_at", "-id")
    actions = (list_actions.publish, list_actions.return_to_draft, list_actions.submit)
    autocomplete_fields = ("talk", "conference", "author")
    readonly_fields = ("submitted_at", "updated_at", "body_html")
    inlines = (FormerInline.of(OldRecapSlug),)
    fieldsets = (
        (None, {"fields": ("title", "talk", "conference", "author")}),
        (_("Text"), {"fields": ("body", "keep_breaks", "summary", "language", "tags")}),
        (
            _("Beside the text"),
            {"fields": (("verdict", "presence"), ("part_number", "part_count"), "day")},
        ),
        (
            _("Publication"),
            {"fields": ("status", "published_at", "slug", "submitted_at", "updated_at")},
        ),
        (_("As readers see it"), {"fields": ("body_html",), "classes": ("collapse",)}),
    )

    def for_list(self, queryset: QuerySet) -> QuerySet:
        recaps: Any = queryset
        return self.without_texts(recaps.kept())

    @admin.display(description=_("title"), ordering="title")
    def shown_title(self, recap: Recap) -> str:
        """Return its title, or its talk's."""
        return recap.shown_title

    @admin.display(description=_("state"), ordering="status")
    def state(self, recap: Recap) -> str:
        """Return the recap's state between draft and publication."""
        return str(recap.state.label)

    def get_fieldsets(self, request: HttpRequest, obj: Recap | None = None) -> Any:
        """Hide the tags of a recap about a talk, which shows its talk's tags."""
        has_talk = obj.talk_id if obj else request.GET.get("talk") or request.POST.get("talk")
        is_empty = not request.POST.get("tags")
        left_away = {"tags"} if has_talk and is_empty else set()
        return [
            (name, {**options, "fields": [f for f in options["fields"] if f not in left_away]})
            for name, options in super().get_fieldsets(request, obj)
        ]

    def get_view_on_site_url(self, obj: Model | None = None) -> str | None:
        """Return the recap's page if readers may see it: a draft has none."""
        is_public = isinstance(obj, Recap) and obj.is_public
        return super().get_view_on_site_url(obj) if is_public else None

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        asked = super().get_changeform_initial_data(request)
        kind = SubjectKind.CONFERENCE if "conference" in asked else SubjectKind.TALK
        return {"author": request.user.pk, "body": start_text(kind), **asked}
