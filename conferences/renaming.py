"""How conferences and series get another address: the old one goes on working."""

from conferences.models import Conference, Series
from foundation.models.old_addresses import change_address


def rename_conference(conference: Conference, *, slug: str) -> Conference:
    """Give the conference another address. Its title and the rest of it are left alone.

    The addresses of its talks change with it, and the old ones of those work too, since they are
    looked up below the conference. At most four queries.
    """
    change_address(conference, slug=slug)
    return conference


def rename_series(series: Series, *, slug: str) -> Series:
    """Give the series another address. At most four queries."""
    change_address(series, slug=slug)
    return series
