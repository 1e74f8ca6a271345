"""Questions about which talk has which tag: what a topic's page is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef

if TYPE_CHECKING:
    from talks.models import Tag, TaggedTalk


class TaggedTalkQuerySet(models.QuerySet["TaggedTalk"]):
    """Tags on talks, each with the day of its talk."""

    def of_topic(self, tags: Sequence[Tag]) -> TaggedTalkQuerySet:
        """Return a row for each talk that has all of the tags: that of the first tag."""
        first, *others = tags
        rows = self.filter(tag=first)
        for tag in others:
            same_talk = self.model.objects.filter(
                tag=tag, content_object=OuterRef("content_object")
            )
            rows = rows.filter(Exists(same_talk))
        return rows

    def newest_talks(self, most: int) -> models.QuerySet[TaggedTalk, int]:
        """Return the ids of the talks given last, at most so many."""
        in_order = self.order_by("-sort_date", "-content_object")
        return in_order.values_list("content_object", flat=True)[:most]
