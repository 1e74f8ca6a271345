"""What the list of recaps can be narrowed to: their states between draft and publication."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from recaps.enums import RecapState
from recaps.models import RecapQuerySet


class StateFilter(admin.SimpleListFilter):
    """Recaps in one state."""

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
