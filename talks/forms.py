"""Admin forms of talks and their parts."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference
from conferences.places import time_zone_of
from foundation.admin.forms import AddressedForm, DistinctFormSet, RowForm
from foundation.text.slugs import RESERVED_TALK_SLUGS
from talks.doubts import doubts_about
from talks.enums import Provider
from talks.recordings import PAGES, Video, seconds_in, video_of
from talks.tagging.forms import TagsForm


class TalkForm(TagsForm, AddressedForm):
    """Form of a talk. Its start is shown and typed in the conference's time zone."""

    slug_fallback = "talk"
    reserved_slugs = RESERVED_TALK_SLUGS

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.order_fields(["conference"])  # its clock is the one that the start is read by
        self._read_by(self.instance.conference if self.instance.conference_id else None)

    def clean_conference(self) -> Conference:
        """Return the conference. A talk that moves to another one keeps its local time."""
        conference: Conference = self.cleaned_data["conference"]
        self._read_by(conference)
        return conference

    def _read_by(self, conference: Conference | None) -> None:
        start: Any = self.fields.get("starts_at")
        if start:
            start.zone = time_zone_of(conference.time_zone if conference else "")
            start.clock = _clock_of(conference)

    def doubts(self) -> list[str]:
        return doubts_about(self.instance)

    def neighbours(self) -> Q:
        return Q(conference=self.cleaned_data.get("conference"))


class CreditForm(RowForm):
    """Form of a speaker of a talk. The formset compares positions: two may be swapped
    in one save.
    """

    position = forms.IntegerField(
        label=_("Place"),
        required=False,
        min_value=0,
        max_value=999,
        help_text=_("Left empty: after the others."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial.pop("position", None)

    def _get_validation_exclusions(self) -> set[str]:
        return {*super()._get_validation_exclusions(), "position"}


class CreditFormSet(DistinctFormSet):
    """Formset of a talk's speakers: each person once, each at its own position."""

    distinct_field = "speaker"

    def clean(self) -> None:
        super().clean()
        filled = [form for form in self.forms if _names_a_speaker(form)]
        others: list[Any] = [credit.position for credit in self.added_meanwhile()]  # type: ignore[attr-defined]  # -- credits
        last = max([_place(form) for form in filled] + others, default=-1)
        for form in filled:
            if form.cleaned_data.get("position") is None:
                last += 1
                form.cleaned_data["position"] = form.instance.position = last
        places = [form.cleaned_data["position"] for form in filled] + others
        if len(set(places)) < len(places):
            raise forms.ValidationError(_("Two speakers have the same place."))


def _place(form: forms.ModelForm) -> int:
    place = form.cleaned_data.get("position")
    return -1 if place is None else int(place)


def _names_a_speaker(form: forms.ModelForm) -> bool:
    return bool(form.cleaned_data.get("speaker")) and not form.cleaned_data.get("DELETE")


class AddressesFormSet(DistinctFormSet):
    """Formset of a talk's recordings or links: each URL once."""

    distinct_field = "url"


def _clock_of(conference: Conference | None) -> Any:
    if conference and conference.time_zone:
        return _("By the clock of the conference: %(zone)s.") % {"zone": conference.time_zone}
    return _("By the clock of the conference; UTC where its time zone is unknown.")


class RecordingForm(RowForm):
    """Form of a recording. Fields that its URL determines may be left out, and must not contradict
    it.
    """

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        address = self.cleaned_data.get("url")
        if address:
            self._follow(address, video_of(address))
        return cleaned

    def _follow(self, address: str, video: Video) -> None:
        """Fill in the unchanged fields from a changed URL."""
        told: dict[str, Any] = {
            "provider": video.provider.value,
            "video_id": video.video_id,
            "offset_seconds": seconds_in(address),
        }
        if "url" in self.changed_data:
            untouched = told.keys() & self.cleaned_data.keys() - set(self.changed_data)
            self.cleaned_data.update({name: told[name] for name in untouched if told[name]})
        if video.provider in PAGES:
            self._refuse_others("provider", told["provider"], video.provider.label)
            self._refuse_others("video_id", told["video_id"], told["video_id"])

    def _refuse_others(self, name: str, told: str, shown: Any) -> None:
        given = self.cleaned_data.get(name)
        if told and given not in ("", None, Provider.OTHER, told):
            text = _("The address says “%(said)s”. Give that, or leave it out.") % {"said": shown}
            self.add_error(name, forms.ValidationError(text, code="contradiction"))
