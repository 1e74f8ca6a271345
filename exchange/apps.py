"""Importers and exporters: how libraries come in and leave."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """Importers and exporters: how libraries come in and leave."""

    name = "exchange"
    verbose_name = _("Import and export")
