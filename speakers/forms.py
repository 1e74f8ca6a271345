"""The admin's forms of speakers and their other names."""

from notes_site.admin_forms import AddressedForm


class SpeakerForm(AddressedForm):
    """A speaker. Namesakes exist, so a name may be there twice."""

    slug_source = "name"
    slug_fallback = "speaker"
