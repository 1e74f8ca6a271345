"""Working copies: unsaved text of a recap, autosaved while somebody types."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.models.fields import MomentField
from foundation.text.bounds import moment_constraints
from recaps.models.recap import Recap

if TYPE_CHECKING:
    from accounts.models import User

# An open editor tells of itself three times as often.
SEEN_FOR = dt.timedelta(minutes=1)


def subject_of(typed: Mapping[str, object]) -> tuple[str, str]:
    """Return the subject in form data: 'talk' or 'conference', and a key as digits."""
    for name in ("talk", "conference"):
        key = str(typed.get(name) or "")
        if key.isascii() and key.isdigit() and len(key) < 19:
            return name, key
    return "", ""


class WorkingCopyQuerySet(models.QuerySet["WorkingCopy"]):
    """Queryset of working copies."""

    def of_author(self, author: User) -> WorkingCopyQuerySet:
        """Return one person's working copies."""
        return self.filter(author=author)

    def with_text(self) -> WorkingCopyQuerySet:
        """Return those with unsaved text."""
        return self.exclude(typed={})

    def closed_before(self, moment: dt.datetime) -> WorkingCopyQuerySet:
        """Return those without unsaved text whose editor has sent nothing since."""
        return self.filter(typed={}, seen_at__lt=moment)

    def of_recap(self, recap: Recap | None) -> WorkingCopyQuerySet:
        """Return those of a saved recap, or those of recaps that were never saved."""
        return self.filter(recap=recap) if recap else self.filter(recap__isnull=True)

    def about(self, subject: tuple[str, str]) -> WorkingCopyQuerySet:
        """Return those about one talk or conference; all if none is chosen yet."""
        kind, key = subject
        return self.filter(**{f"typed__{kind}": key}) if kind else self.all()

    def in_other_sessions(self, editing_session: uuid.UUID | None) -> WorkingCopyQuerySet:
        """Return those of other editing sessions."""
        return self.exclude(sitting=editing_session) if editing_session else self.all()

    def open_at(self, moment: dt.datetime) -> WorkingCopyQuerySet:
        """Return those whose editor has sent something within the last minute."""
        return self.filter(seen_at__gt=moment - SEEN_FOR)

    def with_recaps(self) -> WorkingCopyQuerySet:
        """Load the recap of each with its subject, if it was ever saved. No extra query."""
        return self.select_related("recap__talk", "recap__conference").defer(
            "recap__body_html", "recap__talk__abstract", "recap__conference__description"
        )

    def newest_first(self) -> WorkingCopyQuerySet:
        """Order by the time of typing, newest first."""
        return self.order_by("-typed_at", "-id")


class WorkingCopy(models.Model):
    """Unsaved text of one editing session (the column `sitting`). Only its author sees it.

    Written by `recaps.drafts`. An empty one only says that the editor is open.
    """

    # The id of the editing session.
    sitting = models.UUIDField(unique=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="working_copies"
    )
    recap = models.ForeignKey(Recap, models.CASCADE, null=True, related_name="working_copies")
    started_from = models.PositiveIntegerField(default=0)
    # By the name of the form's field what stands in it; empty once it is saved.
    typed = models.JSONField(default=dict)
    # Counts what the editor sent: what comes late does not replace what is newer.
    step = models.PositiveIntegerField(default=0)
    typed_at = MomentField(default=timezone.now)
    seen_at = MomentField(default=timezone.now)
    about: str  # set by drafts.unsaved_of_author()
    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")
        default_permissions = ()
        indexes = [models.Index(fields=["author", "typed_at"], name="working_copy_by_author")]
        constraints = [*moment_constraints("working_copy", "typed_at", "seen_at")]

    def __str__(self) -> str:
        return str(self.typed.get("title") or self.recap or self.sitting)

    @property
    def chosen(self) -> tuple[str, str]:
        """Its subject, see `subject_of`."""
        return subject_of(self.typed)
