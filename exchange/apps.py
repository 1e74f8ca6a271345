"""App of importers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """Importers: how libraries come in."""

    name = "exchange"
    verbose_name = _("Imports")
