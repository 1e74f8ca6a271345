"""App of the page cache: its migrations, and the Redis invalidation after each write."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class PageCacheConfig(AppConfig):
    """Caches public pages until the data they show changes."""

    name = "foundation.page_cache"

    def ready(self) -> None:
        from foundation.page_cache.redis_invalidation import watch_writes  # noqa: PLC0415 -- needs the settings

        connection_created.connect(watch_writes)
