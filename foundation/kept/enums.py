"""What is counted. The migration that keeps a count says which rows it is of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Counted(models.TextChoices):
    CONFERENCES = "conferences", _("Conferences")
    SPEAKERS = "speakers", _("Speakers")
    TALKS = "talks", _("Talks")
    # Those that are to appear later too: time alone changes no kept count.
    RECAPS = "recaps", _("Published and scheduled recaps")
    TALKS_OF_TAG = "talks_of_tag", _("Talks of each tag")
