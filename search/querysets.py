"""Questions about search documents."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from foundation.models.broken_rows import SoundQuerySet

if TYPE_CHECKING:
    from search.models import SearchDocument  # noqa: F401 -- names the queryset's rows


class SearchDocumentQuerySet(SoundQuerySet["SearchDocument"]):
    """Documents of any moment: pages start from `visible()`."""

    def visible(self) -> SearchDocumentQuerySet:
        """Return what readers may find now, each object once."""
        return self.at(timezone.now())

    def at(self, moment: dt.datetime) -> SearchDocumentQuerySet:
        """Return what readers may find at a moment, not before the library's last change."""
        return self.filter(visible_from__lte=moment, visible_until__gt=moment)
