"""One page of a feed of recaps, and the addresses of those around it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from foundation.pages.paging import Page
from operations.models import SiteIdentity
from recaps.models import Recap


@dataclass(frozen=True)
class FeedPage:
    """One page of a feed: the row it is about (None: the whole site), its recaps, its cursor,
    and what its id is made from.

    The recaps come without their texts, which are only read where they are sent.
    """

    subject: Any
    recaps: Page[Recap]
    feed_address: str
    cursor: str
    identity: SiteIdentity

    @property
    def address(self) -> str:
        """Its own address."""
        return self._at(self.cursor)

    @property
    def neighbours(self) -> dict[str, str]:
        """The addresses of other pages, by their relation to this one."""
        found = {"previous": self.recaps.newer_url, "next": self.recaps.older_url}
        # Of the list's addresses only the cursor is of use.
        others = {name: self._at(urlsplit(url).query) for name, url in found.items() if url}
        return {"first": self.feed_address, **others}

    def _at(self, cursor: str) -> str:
        if not cursor:
            return self.feed_address
        return f"{self.feed_address}{'&' if '?' in self.feed_address else '?'}{cursor}"
