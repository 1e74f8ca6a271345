"""The page cache in Redis, shared by all processes (REDIS_URL). Works without Redis.

Three kinds of keys: the *token*, a random text that every process replaces after each commit of its
own (`redis_invalidation`); the *version*, stored with the token that was there before the database
was queried for it; and the pages by their ETag. A version is valid only with the present token: one
that was read before a commit, and stored here after it, has the former token. Writes by other
programs (psql) show when the version expires.
"""

import datetime as dt
import logging
import secrets
import time
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from django.conf import settings
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from foundation.page_cache.kept_page import KeptPage
from foundation.page_cache.version import ContentVersion

log = logging.getLogger(__name__)
Result = TypeVar("Result")
SECONDS_TO_ANSWER = 0.2
# So long requests do not try a Redis again that did not answer.
SECONDS_LEFT_ALONE = 5
VERSION_MILLISECONDS = 2_000
PAGE_SECONDS = 3600


class Shared:
    """One Redis server. Never raises: if Redis fails there are no cached pages, and the database is
    queried.
    """

    def __init__(self, url: str):
        # Its types allow for texts; without decode_responses it answers in bytes.
        self._redis: Any = Redis.from_url(
            url,
            socket_timeout=SECONDS_TO_ANSWER,
            socket_connect_timeout=SECONDS_TO_ANSWER,
            retry=Retry(NoBackoff(), 0),
            protocol=2,
            driver_info=None,
        )
        # Several sites may share a Redis.
        self._prefix = f"talk-notes:{settings.SITE_URL}:"
        self._left_alone_until = 0.0

    def version(
        self, now: dt.datetime, *, ask: Callable[[dt.datetime], ContentVersion]
    ) -> ContentVersion:
        """Return the content version; queries the database (`ask`) if Redis does not have it."""
        keys = [self._prefix + "token", self._prefix + "version"]
        found = self._try(lambda: self._redis.mget(keys))
        if found is None:
            return ask(now)
        token = found[0] or b""
        known = _version_beside(token, found[1])
        if known and known.holds_at(now):
            return known
        version = ask(now)
        said = token + b" " + version.as_text().encode()
        self._try(lambda: self._redis.set(keys[1], said, px=VERSION_MILLISECONDS))
        return version

    def page(self, etag: str) -> KeptPage | None:
        """Return the page with that ETag."""
        stored = self._try(lambda: self._redis.get(self._prefix + etag))
        try:
            return KeptPage.from_bytes(stored) if stored else None
        except (ValueError, TypeError):
            return None

    def keep(self, etag: str, page: KeptPage) -> None:
        """Store the page for an hour."""
        self._try(lambda: self._redis.set(self._prefix + etag, page.as_bytes(), ex=PAGE_SECONDS))

    def forget_version(self) -> None:
        """Invalidate the version for all processes. Tried even if Redis did not answer recently."""
        self._left_alone_until = 0.0
        self._try(lambda: self._redis.set(self._prefix + "token", secrets.token_hex(16)))

    def _try(self, ask: Callable[[], Result]) -> Result | None:
        if time.monotonic() < self._left_alone_until:
            return None
        try:
            return ask()
        except (RedisError, OSError) as error:
            self._left_alone_until = time.monotonic() + SECONDS_LEFT_ALONE
            log.warning("Redis cannot be used, pages come from the database: %s", error)
            return None


def _version_beside(token: bytes, said: bytes | None) -> ContentVersion | None:
    written_beside, _space, text = (said or b"").partition(b" ")
    if not text or written_beside != token:
        return None
    try:
        return ContentVersion.from_text(text.decode())
    except (ValueError, TypeError):
        return None


@cache
def shared() -> Shared | None:
    """Return this process's Redis client; None without REDIS_URL."""
    return Shared(settings.REDIS_URL) if settings.PAGE_CACHE and settings.REDIS_URL else None
