"""The cache switched on, and a Redis that is one thread of the tests."""

import pytest

from foundation.page_cache.shared import shared
from foundation.page_cache.tests.small_redis import SmallRedis


@pytest.fixture(autouse=True)
def _cache_on(settings):
    settings.PAGE_CACHE = True
    shared.cache_clear()
    yield
    shared.cache_clear()


@pytest.fixture
def redis(settings):
    """A Redis that the site uses; its `values` may be looked at and changed."""
    with SmallRedis() as server:
        settings.REDIS_URL = server.url
        yield server
