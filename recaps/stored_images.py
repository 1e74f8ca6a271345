"""Finds the images of recaps among the stored files, for texts that are read without the site."""

import re

from django.conf import settings
from django.core.files.storage import default_storage

# What a browser shows as an image and never as a page.
_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
_ADDRESS = re.compile(r"/(images/[\w-]+\.([a-z]+))", re.ASCII)


def stored_image(address: str) -> tuple[str, bytes] | None:
    """Return content type and bytes of the image at an address of ours; None where none is."""
    match = _ADDRESS.fullmatch(address)
    content_type = _TYPES.get(match[2]) if match else None
    if match is None or content_type is None or not settings.MEDIA_ROOT:
        return None
    try:
        with default_storage.open(match[1]) as file:
            return content_type, file.read()
    except OSError:
        return None
