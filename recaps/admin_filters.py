"""Where recaps are between draft and publication, as the admin's list says and filters it."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from recaps.enums import RecapStatus
from recaps.models import Recap
from recaps.querysets import RecapQuerySet


class State(models.TextChoices):
    """Draft, submitted, scheduled, published."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")


def state_of(recap: Recap) -> State:
    """Return the state of a recap; agrees with what `StateFilter` finds."""
    if recap.status == RecapStatus.DRAFT:
        return State.SUBMITTED if recap.submitted_at else State.DRAFT
    return State.PUBLISHED if recap.is_public else State.SCHEDULED


class StateFilter(admin.SimpleListFilter):
    """Recaps in one state."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        return list(State.choices)

    def queryset(self, request: HttpRequest, queryset: RecapQuerySet) -> RecapQuerySet:  # type: ignore[override]  # -- recaps
        found = {
            State.DRAFT: queryset.not_submitted,
            State.SUBMITTED: queryset.submitted,
            State.SCHEDULED: queryset.scheduled,
            State.PUBLISHED: queryset.published,
        }
        wanted = self.value()
        return found[State(wanted)]() if wanted in State.values else queryset
