"""Recaps: what people wrote about talks and conferences, their archive and feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecapsConfig(AppConfig):
    """Recaps: what people wrote about talks and conferences, their archive and feeds."""

    name = "recaps"
    verbose_name = _("Recaps")
