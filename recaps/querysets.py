"""Questions about recaps. What "published" means is said here and nowhere else."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone

from recaps.enums import RecapStatus

if TYPE_CHECKING:
    from accounts.models import User
    from conferences.models import Conference
    from recaps.models import Recap  # noqa: F401 -- names the queryset's rows
    from talks.models import Tag


class RecapQuerySet(models.QuerySet["Recap"]):
    """Recaps in any state: public pages start from `published()`."""

    def published(self) -> RecapQuerySet:
        """Return what readers may see now: published, and not scheduled for later."""
        return self.filter(status=RecapStatus.PUBLISHED, published_at__lte=timezone.now())

    def scheduled(self) -> RecapQuerySet:
        """Return what will appear by itself at a later moment."""
        return self.filter(status=RecapStatus.PUBLISHED, published_at__gt=timezone.now())

    def drafts(self) -> RecapQuerySet:
        """Return what is not published."""
        return self.filter(status=RecapStatus.DRAFT)

    def published_between(self, start: dt.datetime, end: dt.datetime) -> RecapQuerySet:
        """Return what readers may see, published from `start` up to but without `end`."""
        return self.published().filter(published_at__gte=start, published_at__lt=end)

    def by_author(self, author: User) -> RecapQuerySet:
        """Return one author's recaps."""
        return self.filter(author=author)

    def about(self, conference: Conference) -> RecapQuerySet:
        """Return the recaps of the conference as a whole and of its talks."""
        return self.filter(Q(conference=conference) | Q(talk__conference=conference))

    def tagged(self, tag: Tag) -> RecapQuerySet:
        """Return conference recaps with the tag and recaps of talks with the tag."""
        talks = tag.tagged_talks.values("content_object")
        return self.filter(Q(tagged__tag=tag) | Q(talk__in=talks)).distinct()

    def newest_first(self) -> RecapQuerySet:
        """Order by the moment of publication, the newest first."""
        return self.order_by("-published_at", "-id")

    def for_cards(self) -> RecapQuerySet:
        """Load what includes/recap_card.html shows, without the bodies. Two more queries."""
        return (
            self.select_related("author", "talk__conference", "conference")
            .defer("body")
            .prefetch_related(*_subject_tags(), "talk__credits__speaker")
        )

    def for_reading(self) -> RecapQuerySet:
        """Load what includes/recap.html shows: the rendered text and who wrote about what."""
        return (
            self.select_related("author", "talk__conference", "conference")
            .defer("body")
            .prefetch_related(*_subject_tags(), "talk__credits__speaker")
        )


def _subject_tags() -> list[Prefetch | str]:
    return ["tagged__tag", "talk__tagged__tag"]
