"""Choices of talks: kinds, formats, roles, video hosts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TalkKind(models.TextChoices):
    """What kind of session a talk is."""

    TALK = "talk", _("Talk")
    KEYNOTE = "keynote", _("Keynote")
    TUTORIAL = "tutorial", _("Tutorial")
    WORKSHOP = "workshop", _("Workshop")
    LIGHTNING = "lightning", _("Lightning talks")
    PANEL = "panel", _("Panel")
    POSTER = "poster", _("Poster")
    OTHER = "other", _("Other")


class AbstractFormat(models.TextChoices):
    """How an abstract is written."""

    PLAIN = "plain", _("Plain text")
    MARKDOWN = "markdown", _("Markdown")
    HTML = "html", _("HTML")
    RST = "rst", _("reStructuredText")


class SpeakerRole(models.TextChoices):
    """What a person did at a talk."""

    SPEAKER = "speaker", _("Speaker")
    MODERATOR = "moderator", _("Moderator")
    PANELLIST = "panellist", _("Panellist")


class Provider(models.TextChoices):
    """The host of a recording."""

    YOUTUBE = "youtube", _("YouTube")
    VIMEO = "vimeo", _("Vimeo")
    PEERTUBE = "peertube", _("PeerTube")
    MEDIA_CCC = "media_ccc", _("media.ccc.de")
    ARCHIVE_ORG = "archive_org", _("Internet Archive")
    FILE = "file", _("Video file")
    OTHER = "other", _("Other")


class LinkKind(models.TextChoices):
    """What a talk's link leads to."""

    SLIDES = "slides", _("Slides")
    CODE = "code", _("Code")
    PAGE = "page", _("Page")
    OTHER = "other", _("Other")
