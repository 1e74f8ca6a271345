"""The content version: a text that changes whenever the data of public pages changes."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from foundation.database.faults import is_connection_lost

_READ = "SELECT marks, next_change FROM content_version_at(%s)"


@dataclass(frozen=True)
class ContentVersion:
    """A state of the library: the rows of `content_version`, and the moment of the next scheduled
    change.

    `next_change` is when the next scheduled recap appears; None if there is none.
    """

    marks: str
    next_change: dt.datetime | None

    def holds_at(self, now: dt.datetime) -> bool:
        """Return whether no scheduled change has come since."""
        return self.next_change is None or now < self.next_change

    def as_text(self) -> str:
        """Return the version as a string; equal versions give equal strings."""
        moment = self.next_change and self.next_change.astimezone(dt.UTC).isoformat()
        return json.dumps([self.marks, moment])

    @classmethod
    def from_text(cls, text: str) -> "ContentVersion":
        """Return the version from its string. Raises ValueError or TypeError for any
        other string.
        """
        marks, moment = json.loads(text)
        return cls(str(marks), moment and dt.datetime.fromisoformat(moment))


def stored_version(now: dt.datetime | None = None) -> ContentVersion:
    """Return the present version. One query.

    Read it before rendering a page, and cache the page under it: later commits have another
    version, so the page is never cached too long.
    """
    moment = now or timezone.now()
    # Instead of Django's own `SELECT 1` before the first query of a request.
    kept: Any = connection  # the attribute is not in the stubs
    is_untried = kept.connection is not None and not kept.health_check_done
    kept.health_check_done = True
    try:
        return _asked(moment)
    except (OperationalError, InterfaceError) as error:
        # A lock that was not to be had would not be to be had again.
        may_help = is_untried and not connection.in_atomic_block and is_connection_lost(error)
        if not may_help:
            raise
        connection.close()
        return _asked(moment)


def _asked(moment: dt.datetime) -> ContentVersion:
    with connection.cursor() as cursor:
        cursor.execute(_READ, [moment])
        return ContentVersion(*cursor.fetchone())
