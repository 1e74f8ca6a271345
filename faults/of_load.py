"""Very many readers at once, and searches and imports that keep the database busy."""

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from faults.client import Client
from faults.database import NAME, ROLE
from faults.fault import Effort, Fault, Outcome, told
from faults.of_imports import begin_import, write_events
from faults.site import THREADS, WORKERS, Site
from faults.traffic import Took, Writing, took

READ = ("/", "/recaps/orchard/", "/feeds/recaps.atom", "/conferences/", "/tags/", "/archive/")
_CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND datname = %s"


class ManyReaders(Fault):
    """Five hundred people read at once, and somebody saves meanwhile."""

    number, name = "F18", "500 readers at once"
    readers, seconds = 500, 60

    def run(self, site: Site, effort: Effort) -> Outcome:
        outcome, seen = Outcome(), list[Took]()
        readers, seconds = (self.readers, self.seconds) if effort.is_whole else (25, 2)
        writing = Writing(site, site.person())
        with _repeated(lambda: _read(site, seen), times=readers):
            time.sleep(seconds / 2)
            before = site.largest_worker()
            saved = took(lambda: writing.save(uuid.uuid4().hex))
            time.sleep(seconds / 2)
            connections = site.database.value(_CONNECTIONS, ROLE, NAME)
        outcome.readers, outcome.writers = told(page.status for page in seen), told([saved.status])
        outcome.expect({page.status for page in seen} == {200}, f"readers saw {outcome.readers}")
        outcome.expect_within("p95", part(seen, 95), 1.5, effort)
        outcome.expect_within("p99", part(seen, 99), 3, effort)
        outcome.expect_equal("a save", saved.status, 302)
        outcome.expect_within("a save", saved.seconds, 3, effort)
        grown = site.largest_worker() / before
        outcome.expect(grown < 1.1, f"a worker has {grown:.2f} times the memory")
        outcome.expect(connections <= WORKERS * THREADS, f"{connections} connections")
        return outcome


class HeavySearches(Fault):
    """A hundred people search for the heaviest there is, and ten imports run: others still read."""

    number, name = "F20", "100 heavy searches and 10 imports"
    searchers, imports, seconds = 100, 10, 20
    largest = 400  # megabytes

    def run(self, site: Site, effort: Effort) -> Outcome:
        outcome, seen, found = Outcome(), list[Took](), list[Took]()
        searchers, imports, seconds = self.searchers, self.imports, self.seconds
        if not effort.is_whole:
            searchers, imports, seconds = 10, 1, 2
        folder = site.folder / f"events-{uuid.uuid4().hex}"
        write_events(folder, talks=50 * imports)
        with (
            _repeated(lambda: found.append(_search(site)), times=searchers),
            _repeated(lambda: _read(site, seen), times=1),
        ):
            running = [begin_import(site, folder, NAME) for _ in range(imports)]
            time.sleep(seconds)
            largest = site.largest_worker()
        for work in running:
            work.communicate()
        outcome.expect(largest < self.largest, f"a worker has {largest:.0f} MB")
        self._judge(seen, found, outcome, effort)
        return outcome

    def _judge(self, seen: list[Took], found: list[Took], outcome: Outcome, effort: Effort) -> None:
        outcome.readers = told(page.status for page in seen)
        outcome.writers = told(answer.status for answer in found)
        outcome.expect({page.status for page in seen} == {200}, f"readers saw {outcome.readers}")
        outcome.expect({a.status for a in found} <= {200, 503}, f"searches: {outcome.writers}")
        outcome.expect_within("p95", part(seen, 95), 2, effort)


def _search(site: Site) -> Took:
    """Search for what nearly all that there is matches, in words that nobody asked before."""
    address = f"/search/?q=-orchard+or+{uuid.uuid4().hex}"
    return took(lambda: Client(site.port).get(address))


def part(seen: list[Took], percent: int) -> float:
    """Return within how many seconds so many of a hundred were answered."""
    times = sorted(each.seconds for each in seen)
    return times[len(times) * percent // 100]


def _read(site: Site, seen: list[Took]) -> None:
    """Read each page once."""
    reader = Client(site.port)
    seen.extend(took(lambda page=page: reader.get(page)) for page in READ)  # type: ignore[misc]


@contextmanager
def _repeated(work: Callable[[], None], *, times: int) -> Iterator[None]:
    """Have so many threads do the work again and again while the block runs."""
    is_over = threading.Event()

    def go_on() -> None:
        while not is_over.is_set():
            work()

    threads = [threading.Thread(target=go_on, daemon=True) for _ in range(times)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
