"""How a recap gets another address: the old one goes on working."""

from foundation.models.old_addresses import change_address
from recaps.models import Recap


def rename_recap(recap: Recap, *, slug: str) -> Recap:
    """Give the recap another address. Its text and the rest of it are left alone.

    At most four queries.
    """
    change_address(recap, slug=slug)
    return recap
