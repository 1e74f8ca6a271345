"""In-process page cache with a size limit in bytes; the least recently used page is evicted."""

from collections import OrderedDict
from threading import Lock

from foundation.page_cache.kept_page import KeptPage


class Memory:
    """Pages by ETag. Thread-safe.

    Args:
        room: bytes that all pages together may take; one page at most an eighth of them.
    """

    def __init__(self, room: int):
        self._room = room
        self._taken = 0
        self._pages: OrderedDict[str, KeptPage] = OrderedDict()
        self._lock = Lock()

    def get(self, etag: str) -> KeptPage | None:
        """Return the page and mark it as most recently used."""
        with self._lock:
            page = self._pages.get(etag)
            if page is not None:
                self._pages.move_to_end(etag)
            return page

    def put(self, etag: str, page: KeptPage) -> None:
        """Store the page, and evict the least recently used ones if there is no room."""
        if page.size > self._room // 8:
            return
        with self._lock:
            former = self._pages.pop(etag, None)
            self._taken += page.size - (former.size if former else 0)
            self._pages[etag] = page
            while self._taken > self._room:
                _etag, gone = self._pages.popitem(last=False)
                self._taken -= gone.size
