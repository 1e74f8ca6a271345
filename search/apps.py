"""One search over the library."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """One search over the library."""

    name = "search"
    verbose_name = _("Search")
