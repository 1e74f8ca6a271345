"""Follow-ups: task list items in recaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.models.fields import LineField
from recaps.models.recap import Recap

if TYPE_CHECKING:
    from accounts.models import User

FOLLOW_UP_MAX_LENGTH = 500


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """Queryset of follow-ups."""

    def by_author(self, author: User) -> FollowUpQuerySet:
        """Return one author's follow-ups, without those of recaps in the bin."""
        return self.filter(recap__author=author, recap__deleted_at__isnull=True)

    def still_open(self) -> FollowUpQuerySet:
        """Return those that are not ticked."""
        return self.filter(is_done=False)

    def newest_first(self) -> FollowUpQuerySet:
        """Order by last change of the recap, newest first; within a recap in text order."""
        return self.order_by("-recap__updated_at", "-recap", "position")

    def with_recaps(self) -> FollowUpQuerySet:
        """Load each one's recap and subject, without their texts. No extra query."""
        return self.select_related("recap__talk", "recap__conference").defer(
            "recap__body",
            "recap__body_html",
            "recap__talk__abstract",
            "recap__talk__announced",
            "recap__conference__description",
        )


class FollowUp(models.Model):
    """An item of a task list in a recap: what its author plans to do. Written with the text."""

    recap = models.ForeignKey(
        Recap, models.CASCADE, related_name="follow_ups", verbose_name=_("recap")
    )
    position = models.PositiveIntegerField(_("position"))
    text = LineField(_("text"), max_length=FOLLOW_UP_MAX_LENGTH)
    is_done = models.BooleanField(_("done"), default=False)
    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["recap", "position"], name="follow_up_position_once")
        ]

    def __str__(self) -> str:
        return self.text
