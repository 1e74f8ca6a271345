"""The admin's form of recaps."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notes_site.admin_forms import AddressedForm
from recaps.enums import RecapStatus
from talks.tag_forms import TagsForm


class RecapForm(TagsForm, AddressedForm):
    """A recap. One that is published without a moment is published now."""

    slug_fallback = "recap"

    class Meta:
        widgets = {
            "body": forms.Textarea(attrs={"rows": 28, "class": "vLargeTextField recap-text"}),
            "summary": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        published = self.cleaned_data.get("status") == RecapStatus.PUBLISHED
        if published and "published_at" not in self.errors:
            self.cleaned_data["published_at"] = (
                self.cleaned_data.get("published_at") or timezone.now()
            )
        if self.cleaned_data.get("talk") and self.cleaned_data.get("tags"):
            text = _("A talk's recap shows its talk's tags: add them to the talk.")
            self.add_error("tags", ValidationError(text, code="talk"))
        return cleaned
