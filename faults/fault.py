"""What a fault is: something that is brought about, is there for a while, and is lifted."""

import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from faults.client import NO_ANSWER
from faults.site import Site
from faults.traffic import Traffic, steady, traffic

UNTOUCHED = "-"


@dataclass
class Outcome:
    """What was seen, in words, and in a sentence each what should not have been."""

    readers: str = UNTOUCHED
    writers: str = UNTOUCHED
    lost: int = 0
    wrong: list[str] = field(default_factory=list)

    def expect(self, holds: object, otherwise: str) -> None:
        """Note a sentence where something does not hold."""
        if not holds:
            self.wrong.append(otherwise)

    def expect_equal(self, what: str, found: object, expected: object) -> None:
        """Note where something is not what it should be."""
        self.expect(found == expected, f"{what}: {found!r} instead of {expected!r}")


class Fault(ABC):
    """One fault. `seconds` is how long it lasts once everybody has met it."""

    number: ClassVar[str]
    name: ClassVar[str]

    @abstractmethod
    def run(self, site: Site, *, seconds: float = 0) -> Outcome:
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

    @abstractmethod
    def bring_about(self, site: Site) -> None:
        """Begin."""

    @abstractmethod
    def lift(self, site: Site) -> None:
        """End."""

    def look(self, site: Site, outcome: Outcome) -> None:
        """Note what else is to be seen while it lasts."""

    def run(self, site: Site, *, seconds: float = 0) -> Outcome:
        outcome = Outcome()
        with traffic(site, writers=self.writers) as seen:
            try:
                self.bring_about(site)
                seen.wait_for(self.readers_meet, self.writers_meet, more=self.pages)
                self.look(site, outcome)
                time.sleep(seconds)
            finally:
                self.lift(site)
            after = steady(seen)
        self._judge(seen, after, outcome)
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


def note_lost(seen: Traffic, outcome: Outcome) -> None:
    """Note saves that were acknowledged and are not there."""
    outcome.lost = len(seen.lost())
    outcome.expect(not outcome.lost, f"{outcome.lost} acknowledged saves are lost")


def told(statuses: Counter[int] | Iterable[int]) -> str:
    """Say what was seen: '203 x 200, 41 x 503'."""
    counted = sorted(Counter(statuses).items())
    words = (f"{number} x {status if status != NO_ANSWER else 'cut'}" for status, number in counted)
    return ", ".join(words) or UNTOUCHED
