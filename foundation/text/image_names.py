"""The names of the site's images, which say all that a page needs to know of them.

A name is `<32 hexadecimal digits>-<width>x<height>.webp`. The digits begin the image's digest, so a
name is given once and cannot be guessed; with the size in it, a text with images is rendered
without asking anybody. Width and height are in pixels.
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
    """A name in its parts; `key` are the digits that tell one image from another."""

    key: str
    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.key}-{self.width}x{self.height}.webp"

    @property
    def address(self) -> str:
        """Where the image is on the site."""
        return f"{ADDRESS_PREFIX}{self}"


def read_name(name: str) -> ImageName | None:
    """Return the parts of a name; None where it is none, or says an impossible size."""
    if not _NAME.fullmatch(name):
        return None
    key, _, size = name.removesuffix(".webp").partition("-")
    width, _, height = size.partition("x")
    found = ImageName(key, int(width), int(height))
    return found if found.width <= MOST_WIDTH and found.height <= MOST_HEIGHT else None


def read_address(address: str) -> ImageName | None:
    """Return the parts of the name in an image's address; None where it is another address."""
    if not address.startswith(ADDRESS_PREFIX):
        return None
    return read_name(address.removeprefix(ADDRESS_PREFIX))


def keys_in(text: str) -> Iterable[str]:
    """Return the keys of the images that a text names, in its order."""
    return _KEY.findall(text)
