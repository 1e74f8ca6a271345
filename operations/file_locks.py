"""Locks over all processes of a machine: locked files.

The system releases them when their process ends, however it ends. They need no database, so a
process that waits for one holds no connection and no transaction.
"""

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# Seconds between two looks at locks that others hold: files tell nobody when they are free.
_PAUSE = 0.02
log = logging.getLogger(__name__)


@contextmanager
def one_of(paths: list[Path], *, until: float) -> Iterator[int | None]:
    """Hold the lock of one of the files, and yield its descriptor; None if none is free in time.

    Args:
        paths: the files; missing ones are created.
        until: the deadline, by `time.monotonic()`.
    """
    descriptor = _locked(paths, until)
    try:
        yield descriptor
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _locked(paths: list[Path], until: float) -> int | None:
    while True:
        for path in paths:
            if (descriptor := _tried(path)) is not None:
                return descriptor
        if time.monotonic() >= until:
            return None
        time.sleep(_PAUSE)


def _tried(path: Path) -> int | None:
    try:
        descriptor = _opened(path)
    except OSError as error:
        # A disk that is full, or not ours, keeps nobody from working.
        log.warning("%s cannot be locked: %s", path, error)
        return os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    with suppress(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return descriptor
    os.close(descriptor)
    return None


def _opened(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
