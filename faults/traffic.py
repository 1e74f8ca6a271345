"""Readers who read and writers who save all the time, and what they saw."""

import re
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from faults.client import NO_ANSWER, Answer, Client
from faults.database import PATIENCE, wait_until
from faults.site import PEOPLE, Site

PAGES = ("/recaps/orchard/", "/feeds/recaps.atom", "/search/?q=orchard")
ADD = "/admin/recaps/recap/add/"
FORM = "recap_form"
PAUSE = 0.05
ERRORS = re.compile(r'class="errorlist[^>]*>(.*?)</ul>', re.DOTALL)


class Writing:
    """A form for a new recap that was opened once, and is sent as often as one likes."""

    def __init__(self, site: Site, client: Client) -> None:
        self.client = client
        self._talk = str(site.database.value("SELECT min(id) FROM talks_talk"))
        self._fields = client.form(ADD, FORM)
        answer = self.save(f"first-{uuid.uuid4().hex}")
        if answer.status != 302:
            said = ERRORS.findall(answer.text)
            raise RuntimeError(f"A first save was answered {answer.status}: {said}")

    def save(self, mark: str, **others: str) -> Answer:
        """Send the form with a mark as title and text, as an editor of its own would."""
        typed = {"talk": self._talk, "title": mark, "body": f"Typed {mark}.", "slug": mark}
        sitting = {"sitting": str(uuid.uuid4())}
        return self.client.post(ADD, {**self._fields, **typed, **sitting, **others})


@dataclass(frozen=True)
class Took:
    """An answer: its status, when it was there, and after how many seconds."""

    status: int
    at: float
    seconds: float


class Traffic:
    """What readers and writers have seen since it began, in statuses, and what they were told."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.pages: list[Took] = []
        self.saves: list[Took] = []
        self.read: Counter[int] = Counter()
        self.written: Counter[int] = Counter()
        self.acknowledged: list[str] = []
        self.wrong: list[str] = []
        self._is_over = threading.Event()
        self._lock = threading.Lock()

    def read_on(self) -> None:
        """Read one page after the other until it is over."""
        client = Client(self.site.port)
        while not self._is_over.wait(PAUSE):
            for page in PAGES:
                began = time.monotonic()
                answer = client.get(page)
                self.pages.append(_since(began, answer))
                self._note_read(page, answer)

    def write_on(self, writing: Writing) -> None:
        """Save one recap after the other until it is over."""
        while not self._is_over.wait(PAUSE):
            mark = f"kept-{uuid.uuid4().hex}"
            began = time.monotonic()
            answer = writing.save(mark)
            self.saves.append(_since(began, answer))
            self._note_written(mark, answer)

    def end(self) -> None:
        """Let everybody end with the request they are at."""
        self._is_over.set()

    def _note_read(self, page: str, answer: Answer) -> None:
        with self._lock:
            self.read[answer.status] += 1
            if answer.status == 503:
                self._check_refusal(page, answer)

    def _note_written(self, mark: str, answer: Answer) -> None:
        with self._lock:
            self.written[answer.status] += 1
            if answer.status == 302:
                self.acknowledged.append(mark)
            elif answer.status != NO_ANSWER:
                self._check_refusal("a save", answer)
                if f"Typed {mark}." not in answer.text:
                    self.wrong.append(f"A save answered {answer.status} lost the typed text")

    def _check_refusal(self, what: str, answer: Answer) -> None:
        if answer.status == 503 and not answer.headers.get("Retry-After", "").isdigit():
            self.wrong.append(f"{what} was answered 503 without Retry-After")

    def wait_for(
        self, read: set[int] | None = None, written: set[int] | None = None, *, more: int = 0
    ) -> None:
        """Wait until each of these statuses has come again since now, and so many pages more."""
        pages, saves = Counter(self.read), Counter(self.written)
        wanted = sum(pages.values()) + more

        def has_come() -> bool:
            return (
                all(self.read[status] > pages[status] for status in read or ())
                and all(self.written[status] > saves[status] for status in written or ())
                and sum(self.read.values()) >= wanted
            )

        wait_until(has_come, what=f"readers see {read or 'pages'}, writers {written or 'anything'}")

    def errors_since(self, moment: float) -> float:
        """Return how long after a moment the last page came that was none."""
        errors = [page.at for page in self.pages if page.status != 200]
        return max(0.0, max(errors, default=0) - moment)

    def slowest_page(self) -> float:
        """Return how long a reader waited at most, for a page or for being refused one."""
        return max((page.seconds for page in self.pages), default=0)

    def slowest_save(self) -> float:
        """Return how long a writer waited at most."""
        return max((save.seconds for save in self.saves), default=0)

    def lost(self) -> list[str]:
        """Return the saves that were acknowledged and are not in the database, whole and once."""
        stored = self.site.database.ask(
            "SELECT recap.title FROM recaps_recap AS recap"
            " JOIN recaps_recapversion AS version ON version.recap_id = recap.id"
            " WHERE recap.body = 'Typed ' || recap.title || '.' AND version.body = recap.body"
        )
        times = Counter(title for (title,) in stored)
        return [mark for mark in self.acknowledged if times[mark] != 1]


def took(ask: Callable[[], Answer]) -> Took:
    """Send a request; return how it was answered, and how long that took."""
    began = time.monotonic()
    return _since(began, ask())


def _since(began: float, answer: Answer) -> Took:
    now = time.monotonic()
    return Took(answer.status, now, now - began)


@contextmanager
def traffic(site: Site, *, writers: int = 1) -> Iterator[Traffic]:
    """Let people read, and so many write, for as long as the block runs."""
    seen = Traffic(site)
    names = [PEOPLE[number % len(PEOPLE)] for number in range(writers)]
    writings = [Writing(site, site.person(name)) for name in names]
    work: list[Callable[[], None]] = [seen.read_on]
    work += [lambda writing=each: seen.write_on(writing) for each in writings]  # type: ignore[misc]
    threads = [threading.Thread(target=each, daemon=True) for each in work]
    for thread in threads:
        thread.start()
    try:
        seen.wait_for({200}, {302} if writers else None)
        yield seen
    finally:
        seen.end()
        for thread in threads:
            thread.join()


def steady(seen: Traffic) -> tuple[Counter[int], Counter[int]]:
    """Wait until reading and saving work again all through, and return what was seen at the end.

    A process that found the database silent leaves it alone for two seconds more.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        before = Counter(seen.read), Counter(seen.written)
        seen.wait_for({200}, {302} if seen.written else None, more=4 * len(PAGES))
        after = seen.read - before[0], seen.written - before[1]
        if set(after[0]) | set(after[1]) <= {200, 302} or time.monotonic() > deadline:
            return after
