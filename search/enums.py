"""The kinds of search documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    """What a search document is about; also the name of its column that points there."""

    TALK = "talk", _("Talk")
    RECAP = "recap", _("Recap")
    SPEAKER = "speaker", _("Speaker")
    CONFERENCE = "conference", _("Conference")
    SERIES = "series", _("Series")
