"""Questions about what is kept beside recaps: their versions, working copies and follow-ups."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from accounts.models import User
    from recaps.models import FollowUp, Recap, RecapVersion, WorkingCopy  # noqa: F401 -- the rows

# An open editor tells of itself three times as often.
SEEN_FOR = dt.timedelta(minutes=1)


class RecapVersionQuerySet(models.QuerySet["RecapVersion"]):
    """Texts that recaps had."""

    def newest_first(self) -> RecapVersionQuerySet:
        """Order by number, the last one first."""
        return self.order_by("-number")

    def for_history(self) -> RecapVersionQuerySet:
        """Load who saved each, without the texts, the last one first. No query more."""
        return self.select_related("author").defer("summary", "body").newest_first()


class WorkingCopyQuerySet(models.QuerySet["WorkingCopy"]):
    """What people are typing, or typed and did not save."""

    def of_author(self, author: User) -> WorkingCopyQuerySet:
        """Return what one person types."""
        return self.filter(author=author)

    def with_text(self) -> WorkingCopyQuerySet:
        """Return those with something typed that is not saved."""
        return self.exclude(typed={})

    def closed_before(self, moment: dt.datetime) -> WorkingCopyQuerySet:
        """Return those without unsaved text whose editor has not told of itself since."""
        return self.filter(typed={}, seen_at__lt=moment)

    def of_recap(self, recap: Recap | None) -> WorkingCopyQuerySet:
        """Return those of a saved recap, or those of recaps that were never saved."""
        return self.filter(recap=recap) if recap else self.filter(recap__isnull=True)

    def about(self, subject: tuple[str, str]) -> WorkingCopyQuerySet:
        """Return those about one talk or conference, or all where none is chosen yet."""
        kind, key = subject
        return self.filter(**{f"typed__{kind}": key}) if kind else self.all()

    def in_other_sittings(self, sitting: uuid.UUID | None) -> WorkingCopyQuerySet:
        """Return those of other open editors than this one."""
        return self.exclude(sitting=sitting) if sitting else self.all()

    def open_at(self, moment: dt.datetime) -> WorkingCopyQuerySet:
        """Return those whose editor has told within the last minute that it is open."""
        return self.filter(seen_at__gt=moment - SEEN_FOR)

    def with_recaps(self) -> WorkingCopyQuerySet:
        """Load the recap of each with its subject, where it was ever saved. No query more."""
        return self.select_related("recap__talk", "recap__conference").defer(
            "recap__body_html", "recap__talk__abstract", "recap__conference__description"
        )

    def newest_first(self) -> WorkingCopyQuerySet:
        """Order by the moment they were typed, the last first."""
        return self.order_by("-typed_at", "-id")


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """What authors wanted to do."""

    def by_author(self, author: User) -> FollowUpQuerySet:
        """Return what one author wanted to do, without what lies in the bin."""
        return self.filter(recap__author=author, recap__deleted_at__isnull=True)

    def still_open(self) -> FollowUpQuerySet:
        """Return what is not ticked."""
        return self.filter(is_done=False)

    def newest_first(self) -> FollowUpQuerySet:
        """Order by when the recap changed, the last one first; within a recap as they stand."""
        return self.order_by("-recap__updated_at", "-recap", "position")

    def with_recaps(self) -> FollowUpQuerySet:
        """Load each one's recap and subject, without their texts. No query more."""
        return self.select_related("recap__talk", "recap__conference").defer(
            "recap__body",
            "recap__body_html",
            "recap__talk__abstract",
            "recap__talk__announced",
            "recap__conference__description",
        )
