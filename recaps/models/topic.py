"""Which published recap is about which topic."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.text.bounds import FIRST_MOMENT
from recaps.models.recap import Recap
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


class RecapTopic(models.Model):
    """That a published recap is about a topic: a tag of its talk, or its own without a talk.

    PostgreSQL alone writes these, by triggers (migration 0008), so that the recaps of a topic
    are read from one index. Those of scheduled recaps are there ahead of their moment.
    """

    recap = models.ForeignKey(
        Recap, models.DO_NOTHING, related_name="topics", db_constraint=False, db_index=False
    )
    tag = models.ForeignKey(
        Tag, models.DO_NOTHING, related_name="recap_topics", db_constraint=False, db_index=False
    )
    # The recap's own.
    published_at = models.DateTimeField()

    objects = RecapTopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic of a recap")
        verbose_name_plural = _("topics of recaps")
        indexes = [
            models.Index(fields=["tag", "-published_at", "-recap"], name="recap_topic_newest_first")
        ]
        constraints = [models.UniqueConstraint(fields=["recap", "tag"], name="recap_topic_once")]

    def __str__(self) -> str:
        return f"{self.recap_id} {self.tag_id}"
