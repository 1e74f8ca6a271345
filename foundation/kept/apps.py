"""App for row counts that PostgreSQL triggers maintain, so that no page counts a whole table."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CountsConfig(AppConfig):
    name = "foundation.kept"
    label = "counts"
    verbose_name = _("Kept counts")
