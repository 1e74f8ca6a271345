"""Topics: the tags of published recaps, for queries by tag."""

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
    """Queryset of topics, of published and of scheduled recaps."""

    def published(self) -> RecapTopicQuerySet:
        """Return those of recaps that readers may see now."""
        return self.filter(published_at__range=(FIRST_MOMENT, timezone.now()))

    def of_topic(self, tags: Sequence[Tag]) -> RecapTopicQuerySet:
        """Return one row for each recap with all of the tags: that of the first tag."""
        first, *others = tags
        rows = self.filter(tag=first)
        for tag in others:
            rows = rows.filter(Exists(self.model.objects.filter(tag=tag, recap=OuterRef("recap"))))
        return rows

    def newest_recaps(self, most: int) -> models.QuerySet[RecapTopic, int]:
        """Return the ids of the last published recaps, at most so many."""
        return self.order_by("-published_at", "-recap").values_list("recap", flat=True)[:most]


class RecapTopic(models.Model):
    """A topic of a published recap: a tag of its talk, or its own tag if it has no talk.

    Only PostgreSQL triggers write these rows (migration 0008), so that the recaps of a tag are read
    from one index. Those of scheduled recaps exist before publication.
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
