"""Reading JSON files that nobody vouches for.

Links are not followed, devices and pipes not opened, big files not read, deep nesting not
parsed. Whatever is wrong ends in one `UnreadableFileError` with the place in the file.
"""

import errno
import json
import os
import re
import stat
from pathlib import Path
from typing import Any, NoReturn

from django.utils.translation import gettext_lazy as _

from exchange.report import Finding, Severity

# The largest of 21,715 real records holds 20 kB.
MAX_FILE_BYTES = 1_000_000
MAX_DEPTH = 40
# Each takes some 100 bytes of memory; a programme of 10,000 talks has 500,000.
MAX_VALUES = 5_000_000
# A string that is never closed runs to the end, so that no sign is looked at twice.
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*\\?(?:"|\Z)|[\[\]{}]', re.DOTALL)

NOT_JSON = Finding(Severity.ERROR, "file.not_json", _("This is not JSON; the file was skipped."))
NOT_UTF8 = Finding(Severity.ERROR, "file.not_utf8", _("This is not UTF-8; the file was skipped."))
NOT_AN_OBJECT = Finding(
    Severity.ERROR, "file.not_an_object", _("The file holds no JSON object; it was skipped.")
)
TOO_BIG = Finding(Severity.ERROR, "file.too_big", _("The file is too big; it was skipped."))
TOO_DEEP = Finding(
    Severity.ERROR, "file.too_deep", _("The file is nested too deeply; it was skipped.")
)
IS_A_LINK = Finding(
    Severity.ERROR, "file.link", _("This is a link to elsewhere; it was not followed.")
)
NOT_A_FILE = Finding(
    Severity.ERROR, "file.not_regular", _("This is not an ordinary file; it was skipped.")
)
CANNOT_READ = Finding(
    Severity.ERROR, "file.cannot_read", _("The file cannot be read; it was skipped.")
)


class UnreadableFileError(Exception):
    """A file that holds nothing usable: what is wrong, and where."""

    def __init__(self, finding: Finding, value: Any = "", location: str = "") -> None:
        super().__init__(finding.code)
        self.finding = finding
        self.value = value
        self.location = location


def read_bytes(path: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    """Return what a file holds; raise UnreadableFileError unless it is ordinary and small."""
    try:
        # Without O_NONBLOCK, opening a pipe would wait for somebody to write into it.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        finding = IS_A_LINK if error.errno == errno.ELOOP else CANNOT_READ
        raise UnreadableFileError(finding, error.strerror or "") from error
    try:
        return _read_open(handle, limit)
    except OSError as error:
        raise UnreadableFileError(CANNOT_READ, error.strerror or "") from error
    finally:
        os.close(handle)


def _read_open(handle: int, limit: int) -> bytes:
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFileError(NOT_A_FILE)
    if status.st_size > limit:
        raise UnreadableFileError(TOO_BIG, status.st_size)
    with os.fdopen(handle, "rb", closefd=False) as file:
        content = file.read(limit + 1)
    if len(content) > limit:  # it has grown since
        raise UnreadableFileError(TOO_BIG, len(content))
    return content


def parse_object(content: bytes) -> dict[str, Any]:
    """Return the JSON object that a file's bytes hold, or raise UnreadableFileError."""
    value = parse_json(content)
    if not isinstance(value, dict):
        raise UnreadableFileError(NOT_AN_OBJECT, value)
    return value


def parse_json(content: bytes) -> Any:
    """Return the JSON value that a file's bytes hold, or raise UnreadableFileError.

    UTF-8 with or without a byte order mark. NaN, Infinity, numbers of thousands of digits and
    nesting beyond MAX_DEPTH are refused. Of a repeated key the last value counts.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(NOT_UTF8, error.reason, f"byte {error.start}") from error
    if sum(map(text.count, ",[{")) > MAX_VALUES:
        raise UnreadableFileError(TOO_BIG, len(content))
    if _depth(text) > MAX_DEPTH:
        raise UnreadableFileError(TOO_DEEP)
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise UnreadableFileError(NOT_JSON, error.msg, f"{error.lineno}:{error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(NOT_JSON, str(error)) from error


def _depth(text: str) -> int:
    """Return the nesting of brackets outside of strings, or a bound that is small enough."""
    at_most = text.count("[") + text.count("{")
    if at_most <= MAX_DEPTH:
        return at_most
    depth = deepest = 0
    for match in _BRACKETS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match.group(), 0)
        deepest = max(deepest, depth)
    return deepest


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
