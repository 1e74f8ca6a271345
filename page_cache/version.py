"""What public pages show now, as a text that changes whenever that does."""

import datetime as dt
import json
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

# All in one snapshot. The second part probes one end of the index `recap_published_newest`;
# what it calls published is `RecapQuerySet.scheduled()`.
_READ = """
    SELECT (SELECT string_agg(mark::text, ' ' ORDER BY id) FROM content_version),
           (SELECT published_at FROM recaps_recap
            WHERE status = 'published' AND deleted_at IS NULL AND published_at > %s
            ORDER BY published_at, id LIMIT 1)
"""


@dataclass(frozen=True)
class ContentVersion:
    """A state of the library: the marks of `content_version`, and when it changes by itself next.

    `next_change` is the moment at which the next scheduled recap appears; None where none waits.
    """

    marks: str
    next_change: dt.datetime | None

    def holds_at(self, now: dt.datetime) -> bool:
        """Tell whether time alone has changed nothing yet."""
        return self.next_change is None or now < self.next_change

    def as_text(self) -> str:
        """Return it as a text; equal versions give equal texts."""
        moment = self.next_change and self.next_change.astimezone(dt.UTC).isoformat()
        return json.dumps([self.marks, moment])

    @classmethod
    def from_text(cls, text: str) -> "ContentVersion":
        """Return the version of such a text. Raises ValueError or TypeError for any other."""
        marks, moment = json.loads(text)
        return cls(str(marks), moment and dt.datetime.fromisoformat(moment))


def stored_version(now: dt.datetime | None = None) -> ContentVersion:
    """Ask the database. One query.

    Who asks before rendering a page and keeps the page under the answer never keeps it too long:
    whatever is committed later has another version.
    """
    with connection.cursor() as cursor:
        cursor.execute(_READ, [now or timezone.now()])
        return ContentVersion(*cursor.fetchone())
