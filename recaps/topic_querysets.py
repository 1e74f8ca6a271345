"""Questions about which published recap is about which topic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from foundation.text.bounds import FIRST_MOMENT

if TYPE_CHECKING:
    from recaps.models import RecapTopic
    from talks.models import Tag


class RecapTopicQuerySet(models.QuerySet["RecapTopic"]):
    """Topics of recaps, published ones and scheduled ones."""

    def published(self) -> RecapTopicQuerySet:
        """Return those of recaps that readers may see now."""
        return self.filter(published_at__range=(FIRST_MOMENT, timezone.now()))

    def of_topic(self, tags: Sequence[Tag]) -> RecapTopicQuerySet:
        """Return a row for each recap that is about all of the tags: that of the first tag."""
        first, *others = tags
        rows = self.filter(tag=first)
        for tag in others:
            rows = rows.filter(Exists(self.model.objects.filter(tag=tag, recap=OuterRef("recap"))))
        return rows

    def newest_recaps(self, most: int) -> models.QuerySet[RecapTopic, int]:
        """Return the ids of the recaps published last, at most so many."""
        return self.order_by("-published_at", "-recap").values_list("recap", flat=True)[:most]
