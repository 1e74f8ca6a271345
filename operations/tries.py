"""Rate limits: how often a person may start a kind of work, whatever its outcome.

The times are stored in a file of the person, whose lock the caller must hold.
"""

import json
import logging
import math
import os
import time
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """At most so many attempts within so many seconds."""

    most: int
    seconds: int


def seconds_to_wait(descriptor: int, kind: str, limits: tuple[Limit, ...]) -> int:
    """Count an attempt and return 0; or count none, and return after how many seconds one is
    allowed.

    A time in the future was written by a wrong clock: it does not count.
    """
    now = time.time()
    all_tries = _read(descriptor)
    longest = max((limit.seconds for limit in limits), default=0)
    tries = [each for each in all_tries.get(kind, ()) if now - longest < each <= now]
    full = [limit for limit in limits if len(tries) >= limit.most]
    wait = max((tries[-limit.most] + limit.seconds - now for limit in full), default=0)
    if wait > 0:
        return math.ceil(wait)
    _write(descriptor, {**all_tries, kind: [*tries, now]})
    return 0


def _read(descriptor: int) -> dict[str, list[float]]:
    os.lseek(descriptor, 0, os.SEEK_SET)
    text = os.read(descriptor, os.fstat(descriptor).st_size)
    try:
        return {kind: [float(each) for each in tries] for kind, tries in json.loads(text).items()}
    except (ValueError, AttributeError, TypeError):
        return {}  # empty, or cut off when the machine stopped


def _write(descriptor: int, tries: dict[str, list[float]]) -> None:
    text = json.dumps({kind: [round(each, 2) for each in every] for kind, every in tries.items()})
    try:
        os.pwrite(descriptor, text.encode(), 0)
        os.ftruncate(descriptor, len(text))
    except OSError as error:
        log.warning("A try could not be counted: %s", error)
