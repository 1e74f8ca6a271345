"""Questions about people."""

from __future__ import annotations

from django.db import models


class UserQuerySet(models.QuerySet):
    """People who sign in."""

    def at_old_address(self, slug: str) -> UserQuerySet:
        """Return the author whose page had this address before."""
        return self.filter(old_slugs__slug=slug)
