"""App of the library's full-text search."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """One search over the library."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from search.rebuild import store_zone  # noqa: PLC0415 -- once apps are loaded; has a check

        post_migrate.connect(store_zone, sender=self, dispatch_uid="search.store_zone")
