"""The kinds of stored counts. The migration that creates a count says which rows it counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Counted(models.TextChoices):
    CONFERENCES = "conferences", _("Conferences")
    SPEAKERS = "speakers", _("Speakers")
    TALKS = "talks", _("Talks")
    # Those that are to appear later too: time alone changes no kept count.
    RECAPS = "recaps", _("Published and scheduled recaps")
    TALKS_OF_TAG = "talks_of_tag", _("Talks of each tag")
