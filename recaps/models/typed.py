"""Texts as somebody saved them, and as somebody types them."""

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.models.fields import LineField, MomentField, ProseField, prose_constraint
from foundation.text.bounds import moment_constraints
from recaps.models.recap import BODY_MAX_LENGTH, SUMMARY_MAX_LENGTH, Recap
from recaps.typed_querysets import (
    RecapVersionQuerySet,
    WorkingCopyQuerySet,
)


def subject_of(typed: Mapping[str, object]) -> tuple[str, str]:
    """Return what a form says the recap is about: 'talk' or 'conference', and a key as digits."""
    for name in ("talk", "conference"):
        key = str(typed.get(name) or "")
        if key.isascii() and key.isdigit() and len(key) < 19:
            return name, key
    return "", ""


class RecapVersion(models.Model):
    """A recap's text as somebody saved it. Written by `recaps.writing`, and never changed."""

    recap = models.ForeignKey(Recap, models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField(_("version"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by")
    )
    title = LineField(_("title"), max_length=300, blank=True, default="")
    summary = ProseField(_("summary"), max_length=SUMMARY_MAX_LENGTH, blank=True, default="")
    body = ProseField(_("text"), max_length=BODY_MAX_LENGTH, blank=True, default="")
    saved_at = MomentField(_("saved at"), default=timezone.now)
    # The open editor it was saved from: its further saves become the same version.
    sitting = models.UUIDField(null=True, editable=False)
    objects = RecapVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a recap")
        verbose_name_plural = _("versions of recaps")
        constraints = [
            *moment_constraints("recap_version", "saved_at"),
            prose_constraint("recap_version", "summary", SUMMARY_MAX_LENGTH, copied_from="recap"),
            prose_constraint("recap_version", "body", BODY_MAX_LENGTH),
            models.UniqueConstraint(fields=["recap", "number"], name="recap_version_once"),
        ]

    def __str__(self) -> str:
        return gettext("version %(number)d") % {"number": self.number}


class WorkingCopy(models.Model):
    """What one person types in one open editor, before it is saved. Nobody else sees it.

    Written by `recaps.working_copies`. An empty one says only that the editor is open.
    """

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
    about: str  # set by unsaved.left_lying()
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
        """What it is about, see `subject_of`."""
        return subject_of(self.typed)
