"""The protocol of import sources, and their registry.

Each folder beside this module whose package has a `SOURCE` is one: a new source is a folder, and
nothing else names it.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from django.utils.functional import Promise

from exchange.report import Finding, Issue, shown

if TYPE_CHECKING:
    from exchange.library.records import ParsedEvent

# What a source reads one event from: a folder, a file, an address.
Place = TypeVar("Place")


class UnreadableSourceError(Exception):
    """Nothing can be read at the path. The message is for people."""


@dataclass
class FoundEvents(Generic[Place]):
    """The places of a source's events, by name, and issues about what was skipped."""

    events: list[Place] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def pass_over(self, finding: Finding, path: str, value: str = "") -> None:
        """Report that a path is skipped, and why."""
        self.issues.append(Issue(finding, shown(path), value=shown(value)))


class Source(Protocol[Place]):
    """A source of events. Does not use the database."""

    @property
    def kind(self) -> str:
        """The value stored in ImportSource."""

    @property
    def label(self) -> str | Promise:
        """The name that people read."""

    def find(self, path: Path, only: Collection[str] = ()) -> FoundEvents[Place]:
        """Return the events below a path, or those with these names, sorted by name.

        Raises UnreadableSourceError where there is nothing to look into.
        """

    def read(self, place: Place) -> ParsedEvent:
        """Parse one event; return its records and issues.

        No content makes it raise.
        """


@cache
def all_sources() -> dict[str, Source[Any]]:
    """Return every source by its kind."""
    folders = [m.name for m in pkgutil.iter_modules([str(Path(__file__).parent)]) if m.ispkg]
    packages = [import_module(f"{__package__}.{name}") for name in folders]
    return {package.SOURCE.kind: package.SOURCE for package in packages}


def source_choices() -> list[tuple[str, str | Promise]]:
    """Return the kinds of sources with their labels, as a field's choices."""
    return [(kind, source.label) for kind, source in all_sources().items()]
