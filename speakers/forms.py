"""The admin's forms of speakers and their other names."""

from foundation.admin.namesakes import NamesakesForm


class SpeakerForm(NamesakesForm):
    """A speaker. Namesakes exist, so a name may be there twice."""

    slug_source = "name"
    name_columns = ("name", "aliases__name")
    slug_fallback = "speaker"
