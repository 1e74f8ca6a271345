"""App of speakers and their other names."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpeakersConfig(AppConfig):
    """Speakers over all conferences, and the other names they go by."""

    name = "speakers"
    verbose_name = _("Speakers")
