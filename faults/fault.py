"""What a fault is: something that is brought about, is there for a while, and is lifted."""

import math
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from faults.client import NO_ANSWER
from faults.database import NAME, ROLE
from faults.site import OWN_THREADS, THREADS, WORKERS, Site
from faults.traffic import Traffic, steady, traffic

UNTOUCHED = "-"


@dataclass(frozen=True)
class Effort:
    """How much is made of a fault: in the tests a short round, in `make faults` the whole of it.

    `patience` is how many times the pass figure anything may take. A machine that runs other tests
    beside it is slow, and proves nothing about the site.
    """

    is_whole: bool
    patience: float


SHORT, WHOLE = Effort(is_whole=False, patience=5), Effort(is_whole=True, patience=1)


@dataclass
class Outcome:
    """What was seen, in words, and in a sentence each what should not have been."""

    readers: str = UNTOUCHED
    writers: str = UNTOUCHED
    lost: int = 0
    wrong: list[str] = field(default_factory=list)
    took: list[str] = field(default_factory=list)

    def expect(self, holds: object, otherwise: str) -> None:
        """Note a sentence where something does not hold."""
        if not holds:
            self.wrong.append(otherwise)

    def expect_equal(self, what: str, found: object, expected: object) -> None:
        """Note where something is not what it should be."""
        self.expect(found == expected, f"{what}: {found!r} instead of {expected!r}")

    def expect_within(self, what: str, seconds: float, most: float, effort: Effort) -> None:
        """Note how long something took, and where that was longer than it may."""
        if math.isfinite(most):
            self.took.append(f"{what} {seconds:.1f} s ({most:g})")
        self.expect(
            seconds <= most * effort.patience, f"{what}: {seconds:.1f} s instead of {most:g} s"
        )


class Fault(ABC):
    """One fault, under the number it has where the site's reliability is laid down."""

    number: ClassVar[str]
    name: ClassVar[str]

    @abstractmethod
    def run(self, site: Site, effort: Effort) -> Outcome:
        """Let it happen on a site that works, leave a site that works, say what was seen."""


class DuringTraffic(Fault):
    """A fault while people read and save: nobody gets a 500, and no saved text is lost.

    It is brought about, lasts until readers and writers have met what they are to meet, and is
    lifted; then pages and saves work again without a restart.
    """

    readers_meet: ClassVar[set[int]] = {503}
    writers_meet: ClassVar[set[int]] = {503}
    readers_may: ClassVar[set[int]] = {200, 503}
    writers_may: ClassVar[set[int]] = {302, 503}
    writers: ClassVar[int] = 2
    pages: ClassVar[int] = 0  # how many more are read while it lasts
    # Seconds.
    lasts: ClassVar[float] = 4
    page_within: ClassVar[float] = math.inf
    save_within: ClassVar[float] = math.inf
    again_within: ClassVar[float] = 3
    errors_within: ClassVar[float] = math.inf

    @abstractmethod
    def bring_about(self, site: Site) -> None:
        """Begin."""

    @abstractmethod
    def lift(self, site: Site) -> None:
        """End."""

    def look(self, site: Site, outcome: Outcome) -> None:
        """Note what else is to be seen while it lasts."""

    def run(self, site: Site, effort: Effort) -> Outcome:
        outcome = Outcome()
        with traffic(site, writers=self.writers) as seen:
            began = time.monotonic()
            try:
                self.bring_about(site)
                seen.wait_for(self.readers_meet, self.writers_meet, more=self.pages)
                self.look(site, outcome)
                if effort.is_whole:
                    time.sleep(max(0, began + self.lasts - time.monotonic()))
            finally:
                self.lift(site)
            lifted = time.monotonic()
            after = steady(seen)
        self._judge(seen, after, outcome)
        self._judge_times(seen, began, lifted, outcome, effort)
        _expect_nothing_left_over(site, outcome)
        return outcome

    def _judge(
        self, seen: Traffic, after: tuple[Counter[int], Counter[int]], outcome: Outcome
    ) -> None:
        outcome.readers, outcome.writers = told(seen.read), told(seen.written)
        outcome.wrong += dict.fromkeys(seen.wrong)
        outcome.expect(set(seen.read) <= self.readers_may, f"readers saw {outcome.readers}")
        outcome.expect(set(seen.written) <= self.writers_may, f"writers saw {outcome.writers}")
        outcome.expect(set(after[0]) == {200}, f"afterwards readers saw {told(after[0])}")
        outcome.expect(set(after[1]) <= {302}, f"afterwards writers saw {told(after[1])}")
        note_lost(seen, outcome)

    def _judge_times(
        self, seen: Traffic, began: float, lifted: float, outcome: Outcome, effort: Effort
    ) -> None:
        outcome.expect_within("slowest page", seen.slowest_page(), self.page_within, effort)
        outcome.expect_within("slowest save", seen.slowest_save(), self.save_within, effort)
        outcome.expect_within("errors", seen.errors_since(began), self.errors_within, effort)
        outcome.expect_within("again after", seen.errors_since(lifted), self.again_within, effort)


def _expect_nothing_left_over(site: Site, outcome: Outcome) -> None:
    """Note connections and threads of the site that are more than it has requests at once."""
    connections = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND datname = %s"
    number = site.database.value(connections, ROLE, NAME)
    outcome.expect(number <= WORKERS * THREADS, f"{number} connections are left")
    most = WORKERS * (THREADS + OWN_THREADS)
    outcome.expect(site.threads() <= most, f"{site.threads()} threads are left")


def note_lost(seen: Traffic, outcome: Outcome) -> None:
    """Note saves that were acknowledged and are not there."""
    outcome.lost = len(seen.lost())
    outcome.expect(not outcome.lost, f"{outcome.lost} acknowledged saves are lost")


def told(statuses: Counter[int] | Iterable[int]) -> str:
    """Say what was seen: '203 x 200, 41 x 503'."""
    counted = sorted(Counter(statuses).items())
    words = (f"{number} x {status if status != NO_ANSWER else 'cut'}" for status, number in counted)
    return ", ".join(words) or UNTOUCHED
