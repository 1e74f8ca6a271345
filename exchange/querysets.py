"""Questions about imports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count

if TYPE_CHECKING:
    from exchange.models import ImportedRecord  # noqa: F401 -- names the queryset's rows


class ImportedRecordQuerySet(models.QuerySet["ImportedRecord"]):
    """Records of all sources, also of talks that are gone or were deleted."""

    def of_sources(self, ids: Iterable[int]) -> ImportedRecordQuerySet:
        """Return the records of these sources."""
        return self.filter(source_id__in=ids)

    def count_speakers(self) -> int:
        """Return how many people speak at the talks that the sources still have."""
        present = self.filter(gone_at__isnull=True)
        counted = present.aggregate(count=Count("talk__credits__speaker", distinct=True))
        return int(counted["count"])
