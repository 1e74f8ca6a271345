"""Questions about images."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from accounts.models import User
    from images.models import Image  # noqa: F401 -- names the queryset's rows


class ImageQuerySet(models.QuerySet["Image"]):
    """Images that people uploaded."""

    def visible_to(self, user: User) -> ImageQuerySet:
        """Return what a person may see in the admin: their own, or all with the right to."""
        everybodys = user.has_perm("images.view_everybodys_images")
        return self if everybodys else self.filter(uploaded_by=user)

    def uploaded_since(self, moment: dt.datetime) -> ImageQuerySet:
        """Return what was uploaded at the moment or later."""
        return self.filter(created_at__gte=moment)

    def uploaded_before(self, moment: dt.datetime) -> ImageQuerySet:
        """Return what was uploaded before the moment."""
        return self.filter(created_at__lt=moment)

    def keyed(self, beginning: str) -> ImageQuerySet:
        """Return those whose key begins so."""
        return self.filter(digest__startswith=beginning)
