"""Concurrency limits for heavy work of requests: images, previews, searches, over all processes
(ADR 39).

A request passes three limits. The *process* admits so many that threads are left for readers, and
nobody waits there. The *person* may do one at a time, with one more waiting; an IP address, which
many readers may share, gets all but one of the places. The *site* has places according to its
processors. After the first limit a request waits two seconds at most, for both others together.
"""

import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from operations.file_locks import one_of
from operations.tries import Limit, seconds_to_wait

LONGEST_WAIT = 2.0  # seconds
# Seconds, by chance: who was refused together does not come back together.
RETRY_AFTER = range(2, 7)
_MINUTE, _DAY = 60, 24 * 3600
_CORES = os.cpu_count() or 2
# Addresses share so many files.
_ADDRESSES = 1024


@dataclass(frozen=True)
class Place:
    """A queue that several kinds of work share: so many at once on the whole site."""

    name: str
    at_once: int


@dataclass(frozen=True)
class Work:
    """A kind of heavy work: its queue, and how many attempts a person has."""

    name: str
    place: Place
    limits: tuple[Limit, ...] = ()


# Made by this process, on a processor of its own.
_MAKING = Place("making", max(1, _CORES // 2))
# Done by the database.
_SEARCHING = Place("searching", max(2, _CORES))
UPLOAD = Work("upload", _MAKING, (Limit(30, _MINUTE), Limit(300, _DAY)))
PREVIEW = Work("preview", _MAKING, (Limit(120, _MINUTE),))
SEARCH = Work("search", _SEARCHING)


class NoTurnError(Exception):
    """There is no free place now. Uncaught, it is answered 429 or 503.

    `status` is 429 if the person does too much, 503 if the site is busy.
    """

    def __init__(self, sentence: str, *, work: Work, status: int, retry_after: int = 0):
        super().__init__(sentence)
        self.sentence, self.work, self.status = sentence, work, status
        self.retry_after = retry_after or random.choice(RETRY_AFTER)  # noqa: S311 -- no secret


def refuse_without_room(work: Work) -> None:
    """Raise NoTurnError if the process has no thread for more of this work now.

    For callers that check before they read a request; `turn_of_person` checks again.
    """
    if not _inside.has_room(*_room(work)):
        raise _busy(work)


@contextmanager
def turn_of_person(work: Work, person: int) -> Iterator[None]:
    """Do heavy work for a signed-in person within the block; an attempt is counted when
    it begins.

    Raises NoTurnError. No query.
    """
    own = _file(f"person-{person}")
    with _door(work), _waiting(own, work) as until, ExitStack() as held:
        descriptor = held.enter_context(one_of([own], until=until))
        if descriptor is None:
            raise _refusal_of_person(work)
        if seconds := seconds_to_wait(descriptor, work.name, work.limits):
            raise _too_many(work, seconds)
        held.enter_context(_place(work, until))
        yield


@contextmanager
def turn_of_address(work: Work, address: str) -> Iterator[None]:
    """Do heavy work for a client address within the block. Raises NoTurnError. No query."""
    number = int(sha256(address.encode()).hexdigest()[:8], 16) % _ADDRESSES
    share = range(max(1, work.place.at_once - 1))
    own = [_file(f"address-{number}-{work.place.name}-{each}") for each in share]
    until = time.monotonic() + LONGEST_WAIT
    with _door(work), one_of(own, until=until) as descriptor:
        if descriptor is None:
            raise _busy(work)
        with _place(work, until):
            yield


@contextmanager
def _waiting(own: Path, work: Work) -> Iterator[float]:
    """Let a person's second request wait for the first, and refuse a third; yield the deadline.

    Two may be in the queue, including the one that is at work.
    """
    now = time.monotonic()
    line = [own.with_name(f"{own.name}-line-{number}") for number in range(2)]
    with one_of(line, until=now) as descriptor:
        if descriptor is None:
            raise _refusal_of_person(work)
        yield now + LONGEST_WAIT


@contextmanager
def _place(work: Work, until: float) -> Iterator[None]:
    places = [_file(f"{work.place.name}-{number}") for number in range(work.place.at_once)]
    with one_of(places, until=until) as descriptor:
        if descriptor is None:
            raise _busy(work)
        yield


@contextmanager
def _door(work: Work) -> Iterator[None]:
    """Admit so many threads of this process to heavy work, or to its queue, that at least one stays
    free.

    Half of the threads for each queue, all but one for both. Nobody waits here: that would take a
    thread.
    """
    if not _inside.enter(*_room(work)):
        raise _busy(work)
    try:
        yield
    finally:
        _inside.leave(work.place.name)


def _room(work: Work) -> tuple[str, int, int]:
    """Return the queue, how many threads it may take, and how many all queues may take."""
    threads = settings.THREADS
    return work.place.name, max(1, threads // 2), max(1, threads - 1)


class _Inside:
    """How many threads of this process do heavy work, by queue."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers: dict[str, int] = {}

    def has_room(self, place: str, most: int, of_all: int) -> bool:
        return self._numbers.get(place, 0) < most and sum(self._numbers.values()) < of_all

    def enter(self, place: str, most: int, of_all: int) -> bool:
        with self._lock:
            if not self.has_room(place, most, of_all):
                return False
            self._numbers[place] = self._numbers.get(place, 0) + 1
            return True

    def leave(self, place: str) -> None:
        with self._lock:
            self._numbers[place] -= 1


_inside = _Inside()


def _file(name: str) -> Path:
    return Path(settings.TURNS_DIR) / name


def _busy(work: Work) -> NoTurnError:
    text = _("The site is busy with what other people sent. Please try again in a moment.")
    return NoTurnError(text, work=work, status=503)


def _refusal_of_person(work: Work) -> NoTurnError:
    text = _("The site is still busy with what you sent before. Please try again in a moment.")
    return NoTurnError(text, work=work, status=429)


def _too_many(work: Work, seconds: int) -> NoTurnError:
    text = _("You have sent too many within a short time. Please go on later.")
    return NoTurnError(text, work=work, status=429, retry_after=seconds)
