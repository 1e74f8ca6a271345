"""The publication states of recaps."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecapStatus(models.TextChoices):
    """Whether readers may see a recap (see `RecapQuerySet.published`)."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
