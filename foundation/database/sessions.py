"""Sessions in the database, whose faults are faults of the server.

Django's own say of every write that the database refuses that the session is no more, which is
answered as a bad request: the reader of that answer takes it for a refusal of what they wrote.
"""

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore

from foundation.database.faults import is_passing


class SessionStore(DatabaseSessionStore):
    """Django's sessions in the database."""

    def save(self, must_create: bool = False) -> None:
        """Save; raises the database's own error where it cannot be written now."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if is_passing(error.__context__):
                raise error.__context__ from error.__context__.__cause__  # type: ignore[misc, union-attr]
            raise
