"""The files of images, below MEDIA_ROOT: `images/<first two digits>/<name>`.

A file is there whole or not at all, also after a power cut, and its content never changes.
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
    """Return the folder of all images, which may not exist yet."""
    return Path(settings.MEDIA_ROOT) / "images"


def path_of(name: ImageName) -> Path:
    """Return where the file of this name is, if it is."""
    return folder() / name.key[:_SHELF_DIGITS] / str(name)


def write_file(name: ImageName, content: bytes) -> None:
    """Write a file, and return when it would survive a power cut. Raises OSError."""
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
    """Remove a file, if it is there."""
    path_of(name).unlink(missing_ok=True)


def shelves() -> Iterator[str]:
    """Return the beginnings of keys by which the files are laid in folders: all 256."""
    return (f"{number:02x}" for number in range(16**_SHELF_DIGITS))


def files_on(shelf: str) -> list[Path]:
    """Return the files of images whose keys begin so, and of those that are being written."""
    try:
        return sorted((folder() / shelf).iterdir())
    except FileNotFoundError:
        return []


def is_partial(path: Path) -> bool:
    """Tell whether it is a file whose writing did not come to its end, or not yet."""
    return path.name.endswith(_PARTIAL)


def written_before(path: Path, moment: dt.datetime) -> bool:
    """Tell whether a file was written before the moment; not so if it is gone by now."""
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
