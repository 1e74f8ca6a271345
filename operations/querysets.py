"""What is asked of the site's identity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from operations.models import SiteIdentity


class SiteIdentityQuerySet(models.QuerySet["SiteIdentity"]):
    """The one row."""

    def current(self) -> SiteIdentity:
        """Return the identity; where its row was deleted, what ids were first made from."""
        return self.first() or self.model(origin=settings.SITE_URL)
