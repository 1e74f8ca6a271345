"""Admin of start texts (templates of new recaps), for curators and administrators."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from foundation.admin.forms import RowForm
from foundation.admin.model_admin import NotesModelAdmin
from recaps.models import StartText


class StartTextForm(RowForm):
    """Form of a start text, in a monospaced textarea."""

    class Meta:
        widgets = {
            "body": forms.Textarea(attrs={"rows": 18, "class": "vLargeTextField recap-text"})
        }


@admin.register(StartText)
class StartTextAdmin(NotesModelAdmin):
    """The two start texts, for talks and for conferences. Neither can be deleted."""

    form = StartTextForm
    list_display = ("kind", "opening")
    search_fields = ("body",)
    actions = None
    readonly_fields = ("kind",)
    fields = ("kind", "body")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("text"))
    def opening(self, start: StartText) -> str:
        """Return the first words, in one line."""
        return Truncator(" ".join(start.body.split())).chars(120)
