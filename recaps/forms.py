"""Forms of the recap admin and its editor."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference
from foundation.admin.forms import AddressedForm
from foundation.models.fields import ProseField, ProseFormField
from foundation.models.slug_columns import free_slug
from recaps.drafts import AUTOSAVED_FIELDS, Autosave, earlier_save
from recaps.enums import RecapStatus
from recaps.front_matter import KEYS, Moved, move_facts, read_front_matter
from recaps.models import BODY_MAX_LENGTH, Recap, WorkingCopy
from recaps.start_texts import NOTHING_WRITTEN, is_untouched
from recaps.states import Publication, doubts_about
from talks.models import Talk
from talks.tagging.forms import TagsForm

LARGEST_NUMBER = 2**31 - 1


class MarkdownArea(forms.Textarea):
    """A textarea for Markdown, which a JavaScript module turns into the editor."""

    class Media:
        css = {"all": ["editor/editor.css"]}
        js = [forms.Script("editor/editor.js", type="module")]


class EditingSessionField(forms.UUIDField):
    """Hidden field with the id of the editing session. It never counts as a change of the recap."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class StepField(forms.IntegerField):
    """Hidden field with the editor's last autosave step; empty before the first. Never counts as a
    change.
    """

    def __init__(self, **kwargs: Any):
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class ClockField(forms.CharField):
    """Hidden field: when the editor's clock was started by hand, in browser milliseconds. Never
    counts as a change.
    """

    def __init__(self) -> None:
        super().__init__(required=False, max_length=16, widget=forms.HiddenInput)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class RecapForm(TagsForm, AddressedForm):
    """Form of a recap. A recap that is published without a date is published now.

    It carries the version that it started from. If that is no longer the last version, the form is
    invalid, `conflict` is true, and it is shown again with the submitted text and the last version.
    """

    slug_fallback = "recap"
    carries_opening = False
    started_from = forms.IntegerField(
        required=False, min_value=0, max_value=LARGEST_NUMBER, widget=forms.HiddenInput
    )
    sitting = EditingSessionField(required=False, widget=forms.HiddenInput)
    step = StepField(min_value=0, max_value=LARGEST_NUMBER, widget=forms.HiddenInput)
    clock = ClockField()
    conflict = False
    working_copy: WorkingCopy | None = None
    person: Any = None  # who writes

    class Meta:
        widgets = {
            "body": MarkdownArea(attrs={"rows": 28, "class": "vLargeTextField recap-text"}),
            "summary": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }

    moved: Moved | None = None  # what went from the text into fields

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.is_bound and "_front_matter" in self.data:
            self._move_front_matter()
        self.before = Publication.of(self.instance)
        if self.instance.pk:
            self.initial["started_from"] = self.instance.version
        self.initial.update({"sitting": uuid.uuid4(), "step": 0})
        if self.working_copy:
            self._begin_with(self.working_copy)

    def _move_front_matter(self) -> None:
        """Move the front matter of the submitted text into the fields, for the person to review."""
        sent: Any = self.data
        data = sent.copy()
        front = read_front_matter(data.get("body", "").replace("\r\n", "\n"))
        if front is None:
            return
        self.moved = move_facts(front, empty={name: self._is_free(name) for name in KEYS})
        for name, value in self.moved.fields.items():
            if name == "published_at":
                data["published_at_0"], _space, data["published_at_1"] = value.partition(" ")
            else:
                data[name] = value
        self.data = data

    def _is_free(self, name: str) -> bool:
        """Return whether a field is on the form and empty. A talk's recap has no tags."""
        parts = [f"{name}_0", f"{name}_1"] if name == "published_at" else [name]
        has_own = name != "tags" or not self.data.get("talk")
        return name in self.fields and has_own and not any(self.data.get(part) for part in parts)

    def _tell_moved(self) -> None:
        """Show the form again with the moved values: it is saved after the person has reviewed
        them.
        """
        if self.moved is None:
            return
        moved, stayed = (", ".join(keys) for keys in (self.moved.moved, self.moved.stayed))
        said = [
            _("Moved into the fields: %(keys)s.") % {"keys": moved} if moved else "",
            _("Without a free field, and so still in the text: %(keys)s.") % {"keys": stayed}
            if stayed
            else "",
            _("Nothing is saved yet: look at it, then save."),
        ]
        text = " ".join(str(sentence) for sentence in said if sentence)
        self.add_error(None, ValidationError(text, code="moved"))

    @property
    def offers_front_matter(self) -> bool:
        """Whether the shown text begins with front matter that has fields."""
        front = read_front_matter(str(self["body"].value() or "").replace("\r\n", "\n"))
        return front is not None and front.is_movable

    @property
    def editing_session(self) -> uuid.UUID | None:
        """The id of the page's editing session; None if it is unreadable."""
        try:
            return uuid.UUID(str(self["sitting"].value()))
        except ValueError:
            return None

    def _begin_with(self, copy: WorkingCopy) -> None:
        """Show an unsaved text with the version that it started from: a save in between is a
        conflict.
        """
        typed = {name: text for name, text in copy.typed.items() if name in self.fields}
        self.initial.update(typed)
        self.initial.update({"sitting": copy.sitting, "step": copy.step})
        if self.instance.pk:
            self.initial["started_from"] = copy.started_from

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self._see_to_publication()
        self._refuse_untouched()
        self._see_to_address()
        self._tell_moved()
        if self.cleaned_data.get("talk") and self.cleaned_data.get("tags"):
            text = _("A talk's recap shows its talk's tags: add them to the talk.")
            self.add_error("tags", ValidationError(text, code="talk"))
        if self.instance.pk and "started_from" in self.cleaned_data:
            self._refuse_outdated(self.cleaned_data["started_from"])
        return cleaned

    def doubts(self) -> list[str]:
        """Return a warning about a publication before the talk or conference took place."""
        says_when = {"published_at", "status", "talk", "conference"} & set(self.changed_data)
        return doubts_about(self.instance) if says_when or "_publish" in self.data else []

    def _see_to_publication(self) -> None:
        """Apply the buttons beside "Save". People who may not publish have no status field."""
        if "_submit" in self.data:
            self.instance.submitted_at = self.instance.submitted_at or timezone.now()
        if "_publish" in self.data and "status" in self.fields:
            self.cleaned_data["status"] = RecapStatus.PUBLISHED
        if self._is_published and "published_at" not in self.errors:
            self.cleaned_data["published_at"] = (
                self.cleaned_data.get("published_at") or self._moment_so_far or timezone.now()
            )

    @property
    def _moment_so_far(self) -> dt.datetime | None:
        """Return when a public recap was published. An open editor may not know it."""
        return self.instance.published_at if self.instance.is_public else None

    def _refuse_untouched(self) -> None:
        """Refuse to submit or publish an unchanged start text."""
        hands_on = "_submit" in self.data or self._is_published
        if hands_on and is_untouched(self.cleaned_data.get("body", "")):
            self.add_error("body", ValidationError(NOTHING_WRITTEN, code="untouched"))

    @property
    def _is_published(self) -> bool:
        status = self.cleaned_data.get("status", self.instance.status)
        return bool(status == RecapStatus.PUBLISHED)

    def _see_to_address(self) -> None:
        """Make the slug of an untitled talk recap from the talk's title."""
        talk = self.cleaned_data.get("talk")
        if talk and self.cleaned_data.get("slug") == "":
            self.cleaned_data["slug"] = free_slug(self.instance, talk.title, fallback="recap")

    def _refuse_outdated(self, started_from: int | None) -> None:
        if started_from == self.instance.version or self._was_saved_from_here():
            return
        self.conflict = True
        sent: Any = self.data
        self.data = {**sent.dict(), "started_from": str(self.instance.version)}
        text = _("Somebody else changed this recap while you were writing. Nothing was saved yet.")
        self.add_error(None, ValidationError(text, code="conflict"))

    def _was_saved_from_here(self) -> bool:
        """Return whether this editing session made the last save and its response was lost."""
        session, step = (self.cleaned_data.get(name) for name in ("sitting", "step"))
        own = earlier_save(session, step=step, by=self.person) if session and step else None
        return own is not None and own.started_from == self.instance.version


# Of fields that hold no text: a key, a number, a choice.
LONGEST_CHOICE = 40


def longest_autosaved(name: str) -> int:
    """Return the maximum length of an autosaved field: that of the form's field."""
    declared = RecapForm.base_fields.get(name)
    field: Any = declared or Recap._meta.get_field(name)
    return getattr(field, "max_length", None) or LONGEST_CHOICE


class AutosaveForm(forms.Form):
    """An autosave request: see `recaps.drafts.Autosave`.

    Half-typed values are stored too, so only the length of each field is validated.
    """

    recap = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    sitting = forms.UUIDField()
    step = forms.IntegerField(min_value=0, max_value=LARGEST_NUMBER)
    started_from = forms.IntegerField(required=False, min_value=0, max_value=LARGEST_NUMBER)
    is_typed = forms.BooleanField(required=False)
    body = ProseFormField(required=False, max_length=BODY_MAX_LENGTH, strip=False)

    def clean(self) -> dict[str, Any] | None:
        for name in AUTOSAVED_FIELDS:
            length = len(str(self.data.get(name, "")).replace("\r\n", "\n"))
            if length > longest_autosaved(name) and not self._is_stored(name):
                text = _("%(field)s is too long: %(length)d characters of at most %(most)d.")
                most = longest_autosaved(name)
                said = text % {"field": name.replace("_", " "), "length": length, "most": most}
                self.add_error(None, ValidationError(said, code="max_length"))
        return super().clean()

    def _is_stored(self, name: str) -> bool:
        """Return whether an overlong text is the recap's own, older than the length limit."""
        columns = {field.name for field in Recap._meta.fields if isinstance(field, ProseField)}
        text = str(self.data[name]).replace("\r\n", "\n")
        own = Recap.objects.filter(pk=self.cleaned_data.get("recap") or 0)
        return name in columns and own.filter(**{name: text}).exists()

    def autosave(self) -> Autosave:
        """Return the validated request. The form must be valid."""
        data: Any = self.data
        typed = {name: data[name] for name in AUTOSAVED_FIELDS if name in data}
        return Autosave(
            editing_session=self.cleaned_data["sitting"],
            step=self.cleaned_data["step"],
            started_from=self.cleaned_data["started_from"] or 0,
            typed=typed if self.cleaned_data["is_typed"] else None,
        )


class PreviewForm(forms.Form):
    """A text to preview, and its subject."""

    body = ProseFormField(required=False, max_length=BODY_MAX_LENGTH, strip=False)
    keep_breaks = Recap._meta.get_field("keep_breaks").formfield()
    talk = forms.ModelChoiceField(Talk.objects.select_related("conference"), required=False)
    conference = forms.ModelChoiceField(Conference.objects.all(), required=False)


class SubjectForm(forms.Form):
    """A recap's subject, with the editor's panel about it."""

    talk = forms.ModelChoiceField(
        Talk.objects.select_related("conference").with_speakers(), required=False
    )
    conference = forms.ModelChoiceField(Conference.objects.all(), required=False)


class CompareForm(forms.Form):
    """Which two versions of a recap to compare."""

    older = forms.IntegerField(min_value=1, max_value=LARGEST_NUMBER)
    newer = forms.IntegerField(min_value=1, max_value=LARGEST_NUMBER)


class RestoreForm(forms.Form):
    """The version that a recap had when the person decided to change it."""

    started_from = forms.IntegerField(min_value=0, max_value=LARGEST_NUMBER)
