"""The page cache: this process's memory and, if configured, Redis for all processes."""

import datetime as dt

from django.conf import settings

from foundation.page_cache.kept_page import KeptPage
from foundation.page_cache.memory import Memory
from foundation.page_cache.shared import shared
from foundation.page_cache.version import ContentVersion, stored_version


class Pages:
    """The cached pages and the content version that is part of their ETags."""

    def __init__(self) -> None:
        self._memory = Memory(settings.PAGE_CACHE_BYTES)

    def version(self, now: dt.datetime) -> ContentVersion:
        """Return the content version. One query; none if Redis has it."""
        redis = shared()
        return redis.version(now, ask=stored_version) if redis else stored_version(now)

    def get(self, etag: str) -> KeptPage | None:
        """Return the page with that ETag, from memory or from Redis."""
        page, redis = self._memory.get(etag), shared()
        if page is None and redis and (page := redis.page(etag)):
            self._memory.put(etag, page)
        return page

    def put(self, etag: str, page: KeptPage) -> None:
        """Store a page."""
        self._memory.put(etag, page)
        if redis := shared():
            redis.keep(etag, page)
