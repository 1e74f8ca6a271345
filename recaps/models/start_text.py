"""Start texts: templates for the text of new recaps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.models.fields import ProseField, prose_constraint
from recaps.enums import SubjectKind

START_TEXT_MAX_LENGTH = 10_000


class StartText(models.Model):
    """The initial text of new recaps about a talk, or about a conference. One row each, always
    present.
    """

    kind = models.CharField(
        _("for recaps of a"), max_length=10, choices=SubjectKind, unique=True, editable=False
    )
    body = ProseField(
        _("text"),
        max_length=START_TEXT_MAX_LENGTH,
        blank=True,
        default="",
        help_text=_("Markdown. Left empty, new recaps begin with nothing."),
    )

    class Meta:
        verbose_name = _("start text")
        verbose_name_plural = _("start texts")
        ordering = ["-kind"]
        default_permissions = ("view", "change")
        constraints = [prose_constraint("start_text", "body", START_TEXT_MAX_LENGTH)]

    def __str__(self) -> str:
        return str(self.get_kind_display())
