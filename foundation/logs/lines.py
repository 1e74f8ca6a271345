"""Log format: one line per event, in UTC, whatever text the event contains.

Each line names its request by a reference, and so do error pages: an operator who is told
"reference 3f2a…" finds all lines of that request.
"""

import logging
import time
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from django.core.exceptions import BadRequest
from django.db import transaction

from foundation.logs.request_context import request_context

_CONTROLS = [*range(0x20), 0x7F, *range(0x80, 0xA0)]
_BIDI = [*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2066, 0x206A)]
_ESCAPED = {c: f"\\x{c:02x}" for c in _CONTROLS} | {c: f"\\u{c:04x}" for c in _BIDI}
# Whoever asks for an address of 8 kB does not fill the disk with it.
LONGEST_MESSAGE = 1_000
LONGEST_LINE = 8_000
_HERE = Path(__file__).resolve().parents[2]


class OneLineFormatter(logging.Formatter):
    """Time with offset, level, logger, reference, message, and a shortened exception."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__(
            "%(asctime)s %(levelname)s %(name)s %(reference)s %(message)s", "%Y-%m-%dT%H:%M:%S+0000"
        )

    def format(self, record: logging.LogRecord) -> str:
        record.message = _cut(record.getMessage(), LONGEST_MESSAGE)
        record.asctime = self.formatTime(record, self.datefmt)
        record.reference = request_context().reference or "-"
        line = self.formatMessage(record)
        error = record.exc_info[1] if record.exc_info else None
        return _cut(f"{line} | {error_summary(error)}" if error else line, LONGEST_LINE).translate(
            _ESCAPED
        )


def error_summary(error: BaseException) -> str:
    """Return an exception as one line: what was raised, where, and its causes; innermost frame
    first.

    'ValueError: x at talks/views/talk.py:30 talk < talks/urls.py:9 f; from KeyError: y at …'
    """
    parts = []
    seen: set[int] = set()
    step: BaseException | None = error
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        text = _cut(str(step), LONGEST_MESSAGE)
        parts.append(f"{type(step).__name__}: {text} at {_places(step.__traceback__)}")
        step = step.__cause__ or (None if step.__suppress_context__ else step.__context__)
    return "; from ".join(parts)


def _places(trace: TracebackType | None) -> str:
    frames = reversed(traceback.extract_tb(trace))
    return " < ".join(f"{_short(each.filename)}:{each.lineno} {each.name}" for each in frames)


def _short(filename: str) -> str:
    """Return a file's path relative to the project, or to the installed packages."""
    path = filename.rpartition("site-packages/")[2]
    return str(Path(path).relative_to(_HERE)) if path.startswith(str(_HERE)) else path


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}… ({len(text)} characters)"


def refusals_in_short(record: logging.LogRecord) -> bool:
    """Log filter that shortens Django's refused requests to one-line warnings. It drops
    no record.

    A client that sends a foreign Host or a form of 5,000 fields is no error of the site.
    """
    error = record.exc_info[1] if record.exc_info else None
    if record.name.startswith("django.security") or isinstance(error, BadRequest):
        record.exc_info = None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
    return True


def log_event(action: str, *, by: Any = None, what: str = "", outcome: str = "done") -> None:
    """Log who did what, from where, and with what outcome. One line of the logger `events`.

    Args:
        action: a word: "login", "publish", "upload".
        by: the person, or the name that somebody gave; None for a command or nobody.
        what: what it was done to, in words that may be public to operators. No secrets, no texts.
        outcome: "done", "failed", "refused", "limited".
    """
    name = getattr(by, "username", by) or "-"
    address = request_context().address or "-"
    details = f"by={name!s} from={address} what={what!r}"
    logging.getLogger("events").info("%s %s %s", action, outcome, details)


def log_when_done(action: str, *, by: Any = None, what: str = "") -> None:
    """Log an event when its transaction has been committed, and only then."""
    transaction.on_commit(lambda: log_event(action, by=by, what=what))
