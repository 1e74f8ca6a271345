"""Admin of speakers and their other names."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from foundation.admin.filters import RelatedFilter
from foundation.admin.forms import DistinctNamesFormSet, OtherNameForm
from foundation.admin.model_admin import NotesModelAdmin, RenamingAdmin, RowsInline
from foundation.text.slugs import address_of
from speakers.forms import SpeakerForm
from speakers.models import Speaker, SpeakerAlias, SpeakerQuerySet
from speakers.renaming import rename_speaker


class OtherNameInline(RowsInline):
    """Inline of a speaker's other spellings and old URLs."""

    model = SpeakerAlias
    form = OtherNameForm
    formset = DistinctNamesFormSet
    fields = ("name", "kind", "slug")
    readonly_fields = ("kind", "slug")
    extra = 1


@admin.register(Speaker)
class SpeakerAdmin(RenamingAdmin, NotesModelAdmin):
    """Admin of speakers, by name; the search finds other names too."""

    form = SpeakerForm
    list_display = ("name", "talk_count", "website", "slug")
    search_fields = ("name", "aliases__name")
    ordering = ("letter", "sort_key", "id")
    fields = ("name", "website", "bio", "slug")
    inlines = (OtherNameInline,)
    instead_of_deleting = _("Take the speaker off those talks and out of those texts first.")

    def get_queryset(self, request: HttpRequest) -> SpeakerQuerySet:
        return super().get_queryset(request).with_talk_counts()  # type: ignore[attr-defined]  # -- speakers

    def choice_label(self, speaker: Speaker) -> str:
        """Return the name; if another speaker has it too, with the slug, which differs."""
        is_plain = speaker.slug == address_of(speaker.name)
        return speaker.name if is_plain else f"{speaker.name} · {speaker.slug}"

    @admin.display(description=_("talks"), ordering="talk_count")
    def talk_count(self, speaker: Any) -> int:
        """Return the number of the speaker's talks."""
        count: int = speaker.talk_count
        return count

    def rename(self, row: Speaker) -> None:
        rename_speaker(row, name=row.name, slug=row.slug)


class SpeakerFilter(RelatedFilter):
    """Filters other names by speaker."""

    field_name = "speaker"


@admin.register(SpeakerAlias)
class SpeakerAliasAdmin(NotesModelAdmin):
    """Admin of the other names of all speakers."""

    form = OtherNameForm
    list_display = ("name", "speaker", "kind", "slug")
    list_select_related = ("speaker",)
    list_filter = (SpeakerFilter, "kind")
    search_fields = ("name", "speaker__name")
    ordering = ("key", "id")
    autocomplete_fields = ("speaker",)
    fields = ("name", "speaker", "kind", "slug")
    readonly_fields = ("kind", "slug")
