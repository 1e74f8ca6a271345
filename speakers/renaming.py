"""Renames a speaker: the former name is still found, the former URL redirects."""

from foundation.models.old_addresses import change_name
from speakers.models import AliasKind, Speaker


def rename_speaker(
    speaker: Speaker, *, name: str | None = None, slug: str | None = None
) -> Speaker:
    """Give the speaker another name, another slug, or both; None leaves it as it is.

    The former ones become an alias. At most eight queries. Raises IntegrityError if another speaker
    has or had the slug.
    """
    change_name(speaker, name=name, slug=slug, kind=AliasKind.RENAMED)
    return speaker
