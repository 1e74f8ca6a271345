"""How a speaker gets another name or address: both former ones go on leading to the person."""

from foundation.models.old_addresses import change_name
from speakers.models import AliasKind, Speaker


def rename_speaker(
    speaker: Speaker, *, name: str | None = None, slug: str | None = None
) -> Speaker:
    """Give the speaker another name, another address, or both; None leaves it as it is.

    The former ones become an alias. At most eight queries. Raises IntegrityError where another
    speaker has the address, or had it.
    """
    change_name(speaker, name=name, slug=slug, kind=AliasKind.RENAMED)
    return speaker
