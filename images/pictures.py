"""Decodes uploaded image files and re-encodes them as WebP.

The content decides what is allowed: JPEG, PNG, WebP and GIF, of an animation the first frame.
Nothing else of the file is kept: no metadata, no location, nothing after its end. The size in
pixels is read from the header before anything is decoded. Callers limit how many files are decoded
at once, and so how much memory that takes (`operations.turns`; ADR 15 has the figures).
"""

import io
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageFile

from foundation.text.image_names import (
    KEY_LENGTH,
    MOST_HEIGHT,
    MOST_PIXELS,
    MOST_WIDTH,
    ImageName,
)

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# Cameras make 50 megapixels and JPEG is scaled while it is decoded; of others the whole is held.
_MOST_SENT_PIXELS = {"JPEG": 51_000_000, "MPO": 51_000_000}
_MOST_SENT_PIXELS_ELSE = 25_000_000
# Transparency and 16 bits a channel cost twice as much to decode and to scale.
_MOST_SENT_PIXELS_DEEP = 16_000_000
# A progressive JPEG has about ten. Each costs a walk over all the pixels, and few bytes.
_MOST_SCANS = 100
_START_OF_SCAN = b"\xff\xda"
_LOSSY = {"quality": 80, "method": 4}
# Harder tries take three times as long to save a thirtieth.
_LOSSLESS = {"quality": 50, "method": 2}
# Up to so many colours it may be drawn, as slides and screens are: these are mostly smaller when
# nothing is lost, and then kept so; letters stay crisp. It may also be a little larger.
_MOST_DRAWN_COLOURS = 1 << 16
_WORTH_NO_LOSS = 1.5
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_TOO_MANY_PIXELS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# Why there is no picture, by the code of the error.
REFUSALS = {
    "no_image": _("This is no JPEG, PNG, WebP or GIF image, or the file is damaged."),
    "too_many_pixels": _(
        "The image has too many pixels: at most 50 million as JPEG, 25 million otherwise,"
        " 16 million with transparency or 16 bits a channel."
    ),
    "too_many_scans": _("This JPEG image has too many scans."),
}


@dataclass(frozen=True)
class Picture:
    """A re-encoded image: the content of a WebP file, and its size in pixels."""

    content: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """The SHA-256 of the content as a hexadecimal string."""
        return sha256(self.content).hexdigest()

    @property
    def name(self) -> ImageName:
        """The file name."""
        return ImageName(self.digest[:KEY_LENGTH], self.width, self.height)


def picture_of(file: IO[bytes]) -> Picture:
    """Return the re-encoded image of a file; the same file gives the same bytes.

    Raises ValidationError, with a message for people, if it is no allowed image.
    """
    return _encoded(_prepared(_decoded(file.read())))


def refusal(code: str) -> ValidationError:
    """Return the error that says why a file is refused."""
    return ValidationError(REFUSALS[code], code=code)


def _decoded(data: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
        _refuse_what_takes_too_much(image, data)
        # Of a large JPEG the half, a quarter or an eighth is decoded, in both directions.
        image.draft(None, (MOST_WIDTH, MOST_WIDTH))
        image.load()
    except ValidationError:
        raise
    except _TOO_MANY_PIXELS as error:
        raise refusal("too_many_pixels") from error
    except Exception as error:  # a broken file may break a decoder in any way
        raise refusal("no_image") from error
    return image


def _refuse_what_takes_too_much(image: ImageFile.ImageFile, data: bytes) -> None:
    most = _MOST_SENT_PIXELS.get(image.format or "", _MOST_SENT_PIXELS_ELSE)
    most = min(most, _MOST_SENT_PIXELS_DEEP) if _is_deep(image) else most
    if image.width * image.height > most:
        raise refusal("too_many_pixels")
    if data.count(_START_OF_SCAN) > _MOST_SCANS and image.format in _MOST_SENT_PIXELS:
        raise refusal("too_many_scans")


def _is_deep(image: ImageFile.ImageFile) -> bool:
    """Return whether an image has transparency, or 16 bits a channel, by its header."""
    is_of_16_bits = any("16" in str(tile.args) for tile in image.tile)
    return image.has_transparency_data or is_of_16_bits


def _prepared(image: Image.Image) -> Image.Image:
    """Return the image upright, within the size limit, in sRGB, with 8 bits a channel."""
    profile, turn = image.info.get("icc_profile"), _TURNS.get(_orientation_of(image))
    is_on_its_side = turn is not None and turn >= Image.Transpose.ROTATE_90
    image = _in_even_steps(image)
    size = _size_within(*image.size, is_on_its_side=is_on_its_side)
    if size != image.size:
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    image = _in_srgb(image, profile)
    return image if turn is None else image.transpose(turn)


def _orientation_of(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 -- whatever is wrong with its metadata, the picture is there
        return 1


def _in_even_steps(image: Image.Image) -> Image.Image:
    """Convert the image to a mode that can be scaled: no palette, no 16 bits, no 1-bit mask."""
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def _size_within(width: int, height: int, *, is_on_its_side: bool) -> tuple[int, int]:
    """Return the size within the limit, in the stored orientation; never enlarged."""
    most_width, most_height = MOST_WIDTH, MOST_HEIGHT
    if is_on_its_side:
        most_width, most_height = most_height, most_width
    by_pixels = (MOST_PIXELS / (width * height)) ** 0.5
    scale = min(1, most_width / width, most_height / height, by_pixels)
    return max(int(width * scale), 1), max(int(height * scale), 1)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    wanted = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            source, srgb = io.BytesIO(profile), ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, srgb, outputMode=wanted)
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None  # a profile of another mode, or a damaged one
        return converted or image.convert(wanted)
    return image.convert(wanted)


def _encoded(image: Image.Image) -> Picture:
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    content = _webp(image, **_LOSSY)
    if image.getcolors(_MOST_DRAWN_COLOURS) is not None:
        exact = _webp(image, lossless=True, **_LOSSLESS)
        content = exact if len(exact) <= len(content) * _WORTH_NO_LOSS else content
    return Picture(content, *image.size)


def _webp(image: Image.Image, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.info = {}
    image.save(buffer, "WEBP", exif=b"", xmp=b"", icc_profile=b"", **options)
    return buffer.getvalue()
