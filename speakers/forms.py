"""Admin forms of speakers and their other names."""

from foundation.admin.namesakes import NamesakesForm


class SpeakerForm(NamesakesForm):
    """Form of a speaker. Two speakers may have one name."""

    slug_source = "name"
    name_columns = ("name", "aliases__name")
    slug_fallback = "speaker"
