"""Versions: the saved texts of recaps."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.models.fields import LineField, MomentField, ProseField, prose_constraint
from foundation.text.bounds import moment_constraints
from recaps.models.recap import BODY_MAX_LENGTH, SUMMARY_MAX_LENGTH, Recap


class RecapVersionQuerySet(models.QuerySet["RecapVersion"]):
    """Queryset of versions."""

    def newest_first(self) -> RecapVersionQuerySet:
        """Order by number, newest first."""
        return self.order_by("-number")

    def for_history(self) -> RecapVersionQuerySet:
        """Load the author of each, without the texts, newest first. No extra query."""
        return self.select_related("author").defer("summary", "body").newest_first()


class RecapVersion(models.Model):
    """A saved text of a recap. Written by `recaps.writing`, never changed."""

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
    # The id of the editing session that saved it.
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
