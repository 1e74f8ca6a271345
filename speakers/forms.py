"""The admin's forms of speakers and their other names."""

from django import forms
from django.utils.translation import gettext_lazy as _

from notes_site.admin_forms import AddressedForm, RowForm
from notes_site.names import name_key


class SpeakerForm(AddressedForm):
    """A speaker. Namesakes exist, so a name may be there twice."""

    slug_source = "name"
    slug_fallback = "speaker"


class OtherNameForm(RowForm):
    """Another name of a speaker. One without a name is an old address, which is never typed."""

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not name_key(name) and not self.instance.slug:
            raise forms.ValidationError(_("Give a name with at least one visible sign."))
        return name
