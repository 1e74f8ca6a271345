"""Finds files without rows, rows without files and images that no text shows; deletes files and
images.

A file is written before its row and deleted after it, so an interrupted process leaves at most a
stray file. A file is only deleted under the lock that its writer would hold.
"""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from foundation.text.image_names import ImageName, read_name
from images.files import files_on, is_partial, remove_file, shelves, written_before
from images.locking import lock_image
from images.models import Image
from images.uses import used_keys

# For so long the row of a file may be still to come.
GRACE = dt.timedelta(hours=1)


def remove_stray_files() -> int:
    """Delete files without a row, and partly written ones. Returns their number.

    Files with other names are left alone. A query for each of 256 folders, two for each stray file.
    """
    moment = timezone.now() - GRACE
    strays = (path for shelf in shelves() for path in _without_row(shelf))
    return sum(_is_removed(path) for path in strays if written_before(path, moment))


def images_without_file() -> list[ImageName]:
    """Return the names of images whose file is lost: to upload again or to restore from
    a backup.
    """
    missing = []
    for shelf in shelves():
        names = sorted(_names_on(shelf))  # before the files, which come before their rows
        there = {path.name for path in files_on(shelf)}
        missing += [name for name in names if name not in there]
    return [name for name in map(read_name, missing) if name]


@transaction.atomic
def unused_images(*, days: int) -> list[Image]:
    """Return the images, uploaded at least so many days ago, that no text shows; oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', '10min', true)")
    used = used_keys()
    old = Image.objects.uploaded_before(timezone.now() - dt.timedelta(days=days))
    images = old.select_related("uploaded_by").order_by("created_at", "pk")
    return [image for image in images.iterator() if image.key not in used]


def delete_images(images: Iterable[Image]) -> None:
    """Delete images: each row, and after the commit its file."""
    for image in images:
        _delete(image)


@transaction.atomic
def _delete(image: Image) -> None:
    name = image.name
    lock_image(name.key)
    image.delete()
    transaction.on_commit(lambda: _remove_without_row(name))


def _without_row(shelf: str) -> list[Path]:
    files = files_on(shelf)
    names = _names_on(shelf) if files else set()
    return [path for path in files if path.name not in names]


def _names_on(shelf: str) -> set[str]:
    rows = Image.objects.keyed(shelf).only("digest", "width", "height")
    return {str(image) for image in rows.iterator()}


def _is_removed(path: Path) -> bool:
    if is_partial(path):
        path.unlink(missing_ok=True)
        return True
    name = read_name(path.name)
    return name is not None and _remove_without_row(name)


@transaction.atomic
def _remove_without_row(name: ImageName) -> bool:
    """Delete a file unless its row was created in the meantime."""
    lock_image(name.key)
    if Image.objects.keyed(name.key).exists():
        return False
    remove_file(name)
    return True
