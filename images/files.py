"""Image files below MEDIA_ROOT: `images/<first two digits>/<name>`.

Files are written atomically, even if the power fails, and their content never changes.
"""

import datetime as dt
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from foundation.text.image_names import ImageName

_PARTIAL = ".partial"
_SHELF_DIGITS = 2


def folder() -> Path:
    """Return the folder of all images; it may not exist yet."""
    return Path(settings.MEDIA_ROOT) / "images"


def path_of(name: ImageName) -> Path:
    """Return the path for this name, whether or not the file exists."""
    return folder() / name.key[:_SHELF_DIGITS] / str(name)


def write_file(name: ImageName, content: bytes) -> None:
    """Write a file, and return when it is safely on disk (fsync). Raises OSError."""
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, partial = tempfile.mkstemp(dir=path.parent, suffix=_PARTIAL)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            os.fsync(file.fileno())
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
    for directory in (path.parent, folder(), folder().parent):
        _sync(directory)


def remove_file(name: ImageName) -> None:
    """Remove a file, if it exists."""
    path_of(name).unlink(missing_ok=True)


def shelves() -> Iterator[str]:
    """Yield the names of all 256 subfolders: the first two digits of keys."""
    return (f"{number:02x}" for number in range(16**_SHELF_DIGITS))


def files_on(shelf: str) -> list[Path]:
    """Return the image files of a subfolder, including partly written ones."""
    try:
        return sorted((folder() / shelf).iterdir())
    except FileNotFoundError:
        return []


def is_partial(path: Path) -> bool:
    """Return whether the file is not completely written, because a writer is at work or was
    interrupted.
    """
    return path.name.endswith(_PARTIAL)


def written_before(path: Path, moment: dt.datetime) -> bool:
    """Return whether a file was written before the moment; False if it is gone."""
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
