"""How a text that a recap had before becomes its text again."""

from accounts.models import User
from recaps.models import Recap, RecapVersion
from recaps.writing import TEXT_FIELDS, write_recap


def restore_version(recap: Recap, version: RecapVersion, *, by: User) -> Recap:
    """Give the recap the title, summary and text of one of its versions, as a new version.

    Raises what `write_recap` raises, and ValueError for another recap's version.
    """
    if version.recap_id != recap.pk:  # pragma: no cover -- the pages ask for its own alone
        raise ValueError("This is a version of another recap.")
    for name in TEXT_FIELDS:
        setattr(recap, name, getattr(version, name))
    return write_recap(recap, by=by)
