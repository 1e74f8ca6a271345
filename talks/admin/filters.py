"""List filters of the talk admin."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from foundation.admin.filters import RelatedFilter
from talks.models import TalkQuerySet

if TYPE_CHECKING:
    from accounts.models import User

ADD_RECAP = "recaps.add_recap"


class ConferenceFilter(RelatedFilter):
    """Filters talks by conference."""

    field_name = "conference"


class SpeakersFilter(RelatedFilter):
    """Filters talks by speaker."""

    field_name = "speakers"


class TagsFilter(RelatedFilter):
    """Filters talks by tag."""

    field_name = "tags"


class WhatIsMissingFilter(admin.SimpleListFilter):
    """Filters talks with missing data."""

    title = _("what is missing")
    parameter_name = "without"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        mine = [("mine", _("No recap of mine"))] if request.user.has_perm(ADD_RECAP) else []
        return [
            ("recaps", _("No recap")),
            *mine,
            ("tagged", _("No tag")),
            ("credits", _("No speaker")),
            ("recordings", _("No recording")),
            ("day", _("No day")),
        ]

    def queryset(self, request: HttpRequest, queryset: TalkQuerySet) -> TalkQuerySet:  # type: ignore[override]  # -- talks
        wanted, person = self.value(), cast("User", request.user)
        if wanted not in {choice for choice, _title in self.lookup_choices}:
            return queryset
        found = {
            "recaps": lambda: queryset.without_recap_known_to(person),
            "mine": lambda: queryset.without_recap_by(person),
            "day": queryset.undated,
        }
        return found[wanted]() if wanted in found else queryset.without(str(wanted))
