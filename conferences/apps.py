"""App of conferences and series."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConferencesConfig(AppConfig):
    """Conferences and the series they belong to."""

    name = "conferences"
    verbose_name = _("Conferences")
