"""Sessions in the database, whose faults are faults of the server.

Django's own say of every write that the database refuses that the session is no more, which is
answered as a bad request: the reader of that answer takes it for a refusal of what they wrote.
"""

import logging

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import Error
from django.http import HttpRequest, HttpResponse

from foundation.database.faults import is_passing

log = logging.getLogger(__name__)


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


class ForgivingSessionMiddleware(SessionMiddleware):
    """Django's, but for a page that was read while its session cannot be written: it is shown.

    What the session would have forgotten, such as a message that was shown, it says once more.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except Error as error:
            if request.method not in ("GET", "HEAD") or not is_passing(error):
                raise
            log.warning("A session was not written: %s", " ".join(str(error).split()))
            return response
