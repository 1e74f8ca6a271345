"""Finds the events in a folder of the pyvideo layout.

An event is a folder with a `category.json` or a folder `videos`. Symbolic links are never followed,
so nothing outside of the given folder is read.
"""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from exchange.report import Issue, shown
from exchange.sources.pyvideo import findings
from exchange.sources.source import FoundEvents, UnreadableSourceError
from foundation.text.names import clean_line

CATEGORY_FILE = "category.json"
VIDEOS_FOLDER = "videos"
VIDEO_ENDING = ".json"
# The biggest of 540 real events has 183 videos.
MAX_FILES_PER_FOLDER = 5_000


@dataclass(frozen=True)
class EventFolder:
    """The folder of an event. The event's name ends at an '@', which begins the name of
    a version.
    """

    path: Path

    @property
    def name(self) -> str:
        """The event's name, the same in whichever place and version."""
        return clean_line(self.path.name.partition("@")[0])

    @property
    def is_a_version(self) -> bool:
        """Whether the folder's name contains a version."""
        return "@" in self.path.name


FoundFolders = FoundEvents[EventFolder]


def find_events(folder: Path, only: Collection[str] = ()) -> FoundFolders:
    """Return the event that the folder is, or the events in it, sorted by name.

    `only` names events or their folders; the others are left out without a message. Raises
    UnreadableSourceError if the folder does not exist, cannot be listed, or lacks one of those.
    """
    root = Path(os.path.abspath(folder))  # noqa: PTH100 -- resolve() would take a link's target
    found = FoundFolders()
    try:
        if _is_event(root):
            found.events.append(EventFolder(root))
        else:
            _look_into(root, found)
    except OSError as error:
        raise UnreadableSourceError(f"{shown(str(folder))}: {error.strerror}") from error
    if only:
        found.events = _named(found.events, only)
    found.events = list(_once_each(found))
    return found


def video_files(folder: EventFolder) -> tuple[list[Path], list[Issue]]:
    """Return an event's video files, sorted by name, and issues about other files."""
    found = FoundFolders()
    files: list[Path] = []
    videos = folder.path / VIDEOS_FOLDER
    shown_at = f"{folder.path.name}/{VIDEOS_FOLDER}"
    try:
        if videos.is_symlink():
            found.pass_over(findings.LINK_NOT_FOLLOWED, shown_at)
        elif videos.is_dir():
            files = _listed(videos, shown_at, found)
    except OSError as error:  # pragma: no cover -- root, who runs CI, may list everything
        found.pass_over(findings.CANNOT_LIST, shown_at, error.strerror or "")
    return files, found.issues


def _listed(videos: Path, shown_at: str, found: FoundFolders) -> list[Path]:
    names = sorted(path.name for path in videos.iterdir())
    if len(names) > MAX_FILES_PER_FOLDER:
        found.pass_over(findings.TOO_MANY_FILES, shown_at, str(len(names)))
        return []
    for name in names:
        if not _is_video_name(name):
            found.pass_over(findings.IGNORED, f"{shown_at}/{name}")
    return [videos / name for name in names if _is_video_name(name)]


def _look_into(root: Path, found: FoundFolders) -> None:
    with os.scandir(root) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_symlink():
            found.pass_over(findings.LINK_NOT_FOLLOWED, entry.name)
        elif entry.is_dir() and _is_event(Path(entry.path)):
            found.events.append(EventFolder(Path(entry.path)))
        else:
            found.pass_over(findings.IGNORED, entry.name)


def _named(events: list[EventFolder], only: Collection[str]) -> list[EventFolder]:
    named = [event for event in events if event.path.name in only or event.name in only]
    missing = sorted(set(only) - {name for e in named for name in (e.path.name, e.name)})
    if missing:
        raise UnreadableSourceError(
            _("There is no event of this name: %(names)s") % {"names": shown(", ".join(missing))}
        )
    return named


def _once_each(found: FoundFolders) -> Iterator[EventFolder]:
    """Yield one folder per event: among several versions the one with the event's own name."""
    taken: dict[str, EventFolder] = {}
    for event in sorted(found.events, key=lambda e: (e.is_a_version, e.path.name)):
        if not event.name:
            found.pass_over(findings.UNUSABLE_NAME, event.path.name)
        elif event.name in taken:
            found.pass_over(findings.SAME_NAME, event.path.name, taken[event.name].path.name)
        else:
            taken[event.name] = event
    yield from sorted(taken.values(), key=lambda event: event.name)


def _is_event(path: Path) -> bool:
    try:
        return (path / VIDEOS_FOLDER).is_dir() or (path / CATEGORY_FILE).is_file()
    except OSError:  # pragma: no cover -- root, who runs CI, may look everywhere
        return False


def _is_video_name(name: str) -> bool:
    return name.endswith(VIDEO_ENDING) and not name.startswith(".")
