"""Database sessions that report database errors as server errors.

Django reports every failed session write as a deleted session, which is answered 400: readers would
think that their input was refused.
"""

import logging

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import Error
from django.http import HttpRequest, HttpResponse

from foundation.database.faults import is_temporary

log = logging.getLogger(__name__)


class SessionStore(DatabaseSessionStore):
    """Django's sessions in the database."""

    def save(self, must_create: bool = False) -> None:
        """Save; raises the database's own error where writing is impossible now."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if is_temporary(error.__context__):
                raise error.__context__ from error.__context__.__cause__  # type: ignore[misc, union-attr]
            raise


class ForgivingSessionMiddleware(SessionMiddleware):
    """SessionMiddleware that still answers a read request whose session cannot be saved.

    Session changes of that request are lost: a message that was shown appears once more.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except Error as error:
            if request.method not in ("GET", "HEAD") or not is_temporary(error):
                raise
            log.warning("A session was not written: %s", " ".join(str(error).split()))
            return response
