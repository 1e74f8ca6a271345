"""Choices of recaps: states, subjects, and what authors say about a talk."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecapStatus(models.TextChoices):
    """Whether readers may see a recap (see `RecapQuerySet.published`)."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class RecapState(models.TextChoices):
    """The state of a recap between draft and publication: `Recap.state`."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")


class SubjectKind(models.TextChoices):
    """What a recap can be about."""

    TALK = "talk", _("Talk")
    CONFERENCE = "conference", _("Conference")


class Verdict(models.TextChoices):
    """Whether a talk was what its abstract announced."""

    AS_ANNOUNCED = "as_announced", _("As announced")
    PARTLY = "partly", _("Partly as announced")
    SOMETHING_ELSE = "something_else", _("Something else than announced")


class Presence(models.TextChoices):
    """How the author knows what happened."""

    ATTENDED = "attended", _("Attended")
    WATCHED = "watched", _("Watched the recording")
