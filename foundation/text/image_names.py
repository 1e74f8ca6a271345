"""File names of the site's images: digest and size, all that a page needs to show the image.

A name is `<32 hexadecimal digits>-<width>x<height>.webp`. The digits are the first ones of the
image's digest, so a name is unique and cannot be guessed; since it contains the size, rendering a
text with images needs no query. Width and height are in pixels.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

ADDRESS_PREFIX = "/images/"
CONTENT_TYPE = "image/webp"
MOST_WIDTH = 2_560
# Long screenshots stay readable: they may be higher than wide, but not have more pixels.
MOST_HEIGHT = 8_192
MOST_PIXELS = MOST_WIDTH * MOST_WIDTH
KEY_LENGTH = 32
NAME_REGEX = r"[0-9a-f]{32}-[1-9][0-9]{0,3}x[1-9][0-9]{0,3}\.webp"
# What texts are searched by for the images in them; the group is the key.
KEY_REGEX = r"/images/([0-9a-f]{32})-"
_NAME = re.compile(NAME_REGEX)
_KEY = re.compile(KEY_REGEX)


@dataclass(frozen=True)
class ImageName:
    """The parts of a file name; `key` are the digits that identify the image."""

    key: str
    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.key}-{self.width}x{self.height}.webp"

    @property
    def address(self) -> str:
        """The URL path of the image."""
        return f"{ADDRESS_PREFIX}{self}"


def read_name(name: str) -> ImageName | None:
    """Parse a file name; None if it is invalid, or says an impossible size."""
    if not _NAME.fullmatch(name):
        return None
    key, _, size = name.removesuffix(".webp").partition("-")
    width, _, height = size.partition("x")
    found = ImageName(key, int(width), int(height))
    return found if found.width <= MOST_WIDTH and found.height <= MOST_HEIGHT else None


def read_address(address: str) -> ImageName | None:
    """Parse the file name in an image's URL; None for other URLs."""
    if not address.startswith(ADDRESS_PREFIX):
        return None
    return read_name(address.removeprefix(ADDRESS_PREFIX))


def keys_in(text: str) -> Iterable[str]:
    """Return the keys of the images in a text, in its order."""
    return _KEY.findall(text)
