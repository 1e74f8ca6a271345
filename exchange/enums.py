"""Choices of imported records."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecordKind(models.TextChoices):
    """What a record of a source describes."""

    CONFERENCE = "conference", _("conference")
    TALK = "talk", _("talk")
