"""Finds the files of images for texts that are read without the site."""

from foundation.text.image_names import CONTENT_TYPE, read_address
from images.files import path_of


def stored_image(address: str) -> tuple[str, bytes] | None:
    """Return content type and bytes of the image at an address of ours; None where none is."""
    name = read_address(address)
    try:
        return (CONTENT_TYPE, path_of(name).read_bytes()) if name else None
    except OSError:
        return None
