"""How an author's page gets another address: the old one goes on working."""

from accounts.models import User
from foundation.models.old_addresses import change_address


def rename_author(user: User, *, slug: str) -> User:
    """Give the author's page another address. The rest of the user is left alone.

    At most four queries.
    """
    change_address(user, slug=slug)
    return user
