"""App of talks, their recordings and links, tags and tagging."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TalksConfig(AppConfig):
    """Talks, their recordings and links, tags and tagging."""

    name = "talks"
    verbose_name = _("Talks")
