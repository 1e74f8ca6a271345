"""Pictures as people and attackers send them, made by Pillow."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from images.uploads import store_image


def drawn(width=320, height=180, mode="RGB", colour="white"):
    """A slide with a heading, and a red corner at the top left."""
    image = Image.new("RGB", (width, height), colour)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width // 4, height // 4), fill="red")
    pen.text(
        (width // 3, height // 3), "EXPLAIN ANALYZE", fill="black", font=ImageFont.load_default()
    )
    return image.convert(mode)


def photographed(width=320, height=180):
    """A picture with more colours than anybody draws."""
    noise = [Image.effect_noise((width, height), 60) for _ in range(3)]
    return Image.merge("RGB", noise)


def encoded(image, kind="PNG", **options):
    """The bytes of the picture as a file of this kind."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def sent(content, name="slide.png"):
    """An upload of these bytes."""
    return SimpleUploadedFile(name, content, content_type="image/png")


def an_upload(colour="white", **options):
    """An upload of a small slide."""
    return sent(encoded(drawn(colour=colour), **options))


def a_kept_image(by, colour="white"):
    """An image with its file."""
    return store_image(an_upload(colour), by=by)


def png_of_size(width, height):
    """A PNG that says it is so large, and has no pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, *zip(*chunks, strict=True)))


def _chunk(kind, data):
    checked = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + checked
