"""The admin's form of recaps."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notes_site.admin_forms import AddressedForm
from notes_site.slugs import free_slug
from recaps.enums import RecapStatus
from recaps.models import Recap
from talks.tag_forms import TagsForm

LARGEST_NUMBER = 2**31 - 1


class RecapForm(TagsForm, AddressedForm):
    """A recap. One that is published without a moment is published now.

    It carries the version that it started from. Where that is no longer the last one it is not
    valid, `conflict` is true, and it comes again as it was typed, but from the last version.
    """

    slug_fallback = "recap"
    started_from = forms.IntegerField(required=False, widget=forms.HiddenInput)
    conflict = False

    class Meta:
        widgets = {
            "body": forms.Textarea(attrs={"rows": 28, "class": "vLargeTextField recap-text"}),
            "summary": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["started_from"].required = True
            self.initial["started_from"] = self.instance.version

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self._see_to_publication()
        self._see_to_address()
        if self.cleaned_data.get("talk") and self.cleaned_data.get("tags"):
            text = _("A talk's recap shows its talk's tags: add them to the talk.")
            self.add_error("tags", ValidationError(text, code="talk"))
        if self.instance.pk and "started_from" in self.cleaned_data:
            self._refuse_outdated(self.cleaned_data["started_from"])
        return cleaned

    def _see_to_publication(self) -> None:
        """Do what the buttons beside "Save" say. Who may not publish has no status here."""
        if "_submit" in self.data:
            self.instance.submitted_at = self.instance.submitted_at or timezone.now()
        if "_publish" in self.data and "status" in self.fields:
            self.cleaned_data["status"] = RecapStatus.PUBLISHED
        published = self.cleaned_data.get("status") == RecapStatus.PUBLISHED
        if published and "published_at" not in self.errors:
            self.cleaned_data["published_at"] = (
                self.cleaned_data.get("published_at") or timezone.now()
            )

    def _see_to_address(self) -> None:
        """Make the address of a talk's recap without a title from the talk's title."""
        talk = self.cleaned_data.get("talk")
        if talk and self.cleaned_data.get("slug") == "":
            others = Recap.objects.exclude(pk=self.instance.pk)
            self.cleaned_data["slug"] = free_slug(others, talk.title, fallback="recap")

    def _refuse_outdated(self, started_from: int) -> None:
        if started_from == self.instance.version:
            return
        self.conflict = True
        sent: Any = self.data
        self.data = {**sent.dict(), "started_from": str(self.instance.version)}
        text = _("Somebody else changed this recap while you were writing. Nothing was saved yet.")
        self.add_error(None, ValidationError(text, code="conflict"))


class CompareForm(forms.Form):
    """Which two versions of a recap to compare."""

    older = forms.IntegerField(min_value=1, max_value=LARGEST_NUMBER)
    newer = forms.IntegerField(min_value=1, max_value=LARGEST_NUMBER)


class RestoreForm(forms.Form):
    """Which version of a recap a decision was made from."""

    started_from = forms.IntegerField(min_value=0, max_value=LARGEST_NUMBER)
