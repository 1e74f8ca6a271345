"""What an import did: counts that add up, per event and over a whole run."""

from dataclasses import asdict, dataclass, field
from typing import Any

from exchange.issues import Issue, count_by_severity


@dataclass
class Counts:
    """Talks of an event: read ones are new, changed or unchanged; skipped ones were not taken.

    A talk is changed when it or any of its tags, credits, recordings or links was written.
    `gone` and `back` tell which talks the source lost and has again.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    gone: int = 0
    back: int = 0

    @property
    def talks(self) -> int:
        """Those that were read and are in the library."""
        return self.new + self.changed + self.unchanged

    def as_json(self) -> dict[str, int]:
        """Return them by name."""
        return asdict(self)

    def __add__(self, other: "Counts") -> "Counts":
        ours, theirs = asdict(self), asdict(other)
        return Counts(**{name: ours[name] + theirs[name] for name in ours})


@dataclass
class EventResult:
    """What became of one event. `conference_id` is None where the library does not have it.

    `talks_read` counts the files that could be read, whether or not their talks were taken.
    """

    name: str
    folder: str
    talks_read: int = 0
    counts: Counts = field(default_factory=Counts)
    issues: list[Issue] = field(default_factory=list)
    source_id: int | None = None
    conference_id: int | None = None
    conference_is_new: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return what a report file says of the event."""
        return {
            "event": self.name,
            "folder": self.folder,
            "in_library": self.conference_id is not None,
            "conference_is_new": self.conference_is_new,
            "talks": self.counts.as_json(),
            "issues": [issue.as_json() for issue in self.issues],
        }


@dataclass
class ImportReport:
    """What became of a whole run: its events in their order, and what lies beside them."""

    is_dry_run: bool = False
    events: list[EventResult] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    speakers: int = 0

    @property
    def counts(self) -> Counts:
        """The talks of all events."""
        return sum((event.counts for event in self.events), Counts())

    @property
    def conferences(self) -> int:
        """How many of the events the library has, with at least one of the talks that were read."""
        return sum(1 for event in self.events if event.counts.talks)

    @property
    def talks_read(self) -> int:
        """How many talks could be read, whether or not they were taken."""
        return sum(event.talks_read for event in self.events)

    @property
    def all_issues(self) -> list[Issue]:
        """What is to be said of the folder, then of each event."""
        return [*self.issues, *(issue for event in self.events for issue in event.issues)]

    def as_json(self) -> dict[str, Any]:
        """Return what a report file says; without times and paths, so that equal runs agree."""
        return {
            "dry_run": self.is_dry_run,
            "conferences": self.conferences,
            "speakers": self.speakers,
            "talks": self.counts.as_json(),
            "issue_counts": count_by_severity(self.all_issues),
            "issues": [issue.as_json() for issue in self.issues],
            "events": [event.as_json() for event in self.events],
        }
