"""What becomes of files that people and attackers send."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms

from images.pictures import picture_of
from tests.tools.drawing import drawn, encoded, photographed, png_of_size

HTML = b"<html><script>alert(1)</script></html>"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
)


def kept(content):
    """The picture that these bytes become, and it decoded."""
    picture = picture_of(io.BytesIO(content))
    image = Image.open(io.BytesIO(picture.content))
    assert (image.format, image.size) == ("WEBP", (picture.width, picture.height))
    return picture, image


def refusal(content):
    """The code with which these bytes are refused, and the sentence."""
    with pytest.raises(ValidationError) as caught:
        picture_of(io.BytesIO(content))
    assert len(caught.value.messages) == 1
    return caught.value.code


def chunks_of(webp):
    """The kinds of chunks in a WebP file."""
    kinds, position = [], 12
    while position < len(webp):
        kinds.append(webp[position : position + 4].decode())
        length = int.from_bytes(webp[position + 4 : position + 8], "little")
        position += 8 + length + length % 2
    return kinds


def colour_at(image, x, y):
    """The nearest of a few colours in the middle of a tenth."""
    red, green, blue = image.convert("RGB").getpixel((x, y))
    return "red" if red > 180 and green < 90 and blue < 90 else "other"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(HTML, id="html"),
        pytest.param(SVG, id="svg"),
        pytest.param(b"\xef\xbb\xbf<?xml version='1.0'?>" + SVG, id="xml"),
        pytest.param(b"%PDF-1.7\n1 0 obj", id="pdf"),
        pytest.param(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", id="postscript"),
        pytest.param(encoded(drawn(), "BMP"), id="bmp"),
        pytest.param(encoded(drawn(), "TIFF"), id="tiff"),
        pytest.param(encoded(drawn(), "ICO"), id="ico"),
        pytest.param(encoded(drawn(), "AVIF"), id="avif"),
        pytest.param(b"\0\0\0\x18ftypheic\0\0\0\0heicmif1", id="heic"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + HTML, id="html-after-a-png-signature"),
        pytest.param(b"GIF89a" + HTML, id="html-after-a-gif-signature"),
        pytest.param(b"\xff\xd8\xff\xe0" + HTML, id="html-after-a-jpeg-signature"),
        pytest.param(b"RIFF\0\0\0\0WEBPVP8 " + HTML, id="html-after-a-webp-signature"),
        pytest.param(png_of_size(100, 100), id="png-without-pixels"),
        pytest.param(png_of_size(0, 100), id="png-without-width"),
    ],
)
def test_what_is_no_allowed_image_is_refused(content):
    assert refusal(content) == "no_image"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_truncated_files_are_refused(kind, share):
    content = encoded(photographed(), kind)

    assert refusal(content[: int(len(content) * share)]) == "no_image"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(png_of_size(50_000, 50_000), id="bomb"),
        pytest.param(png_of_size(2**31 - 1, 2**31 - 1), id="largest-header"),
        pytest.param(png_of_size(10_000, 10_000), id="between-pillows-limits"),
        pytest.param(png_of_size(5_001, 5_000), id="one-row-too-many"),
        pytest.param(encoded(Image.new("1", (5_001, 5_000)), "GIF"), id="gif"),
    ],
)
def test_too_many_pixels_are_refused_before_they_are_decoded(content, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda image: pytest.fail("decoded"))

    assert refusal(content) == "too_many_pixels"


def test_jpeg_of_very_many_scans_is_refused():
    content = encoded(drawn(), "JPEG", progressive=True)
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00"

    assert refusal(content[:-2] + scan * 200 + b"\xff\xd9") == "too_many_scans"
    kept(content)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_png_of_every_mode_is_kept(mode):
    source = drawn()
    if mode == "I;16":
        source = source.convert("I").point(lambda value: value * 257)

    _picture, image = kept(encoded(source.convert(mode)))

    shades = image.convert("L")
    assert shades.getpixel((10, 10)) < 180
    assert shades.getpixel((300, 170)) > 240


def test_cmyk_is_kept_in_its_colours():
    _picture, image = kept(encoded(drawn(mode="CMYK"), "JPEG", quality=95))

    assert (colour_at(image, 10, 10), colour_at(image, 300, 170)) == ("red", "other")


@pytest.mark.parametrize(
    ("source", "options"),
    [
        pytest.param(drawn(mode="RGBA"), {}, id="alpha"),
        pytest.param(drawn(mode="P"), {"transparency": 0}, id="palette"),
        pytest.param(drawn(mode="P"), {"transparency": bytes([0] * 9)}, id="palette-of-bytes"),
        pytest.param(drawn(mode="RGB"), {"transparency": (255, 255, 255)}, id="one-colour"),
    ],
)
def test_transparency_is_kept_where_there_is_any(source, options):
    if source.mode == "RGBA":
        source.putalpha(Image.linear_gradient("L").resize(source.size))

    _picture, image = kept(encoded(source, **options))

    assert image.mode == "RGBA"


def test_opaque_alpha_is_left_away():
    _picture, image = kept(encoded(drawn(mode="RGBA")))

    assert image.mode == "RGB"


def test_drawn_pictures_are_kept_without_loss_and_photographs_with():
    slide, image = kept(encoded(drawn(640, 360)))
    photograph, _image = kept(encoded(photographed(640, 360)))

    assert image.convert("RGB").tobytes() == drawn(640, 360).tobytes()
    assert (chunks_of(slide.content), chunks_of(photograph.content)) == (["VP8L"], ["VP8 "])


def test_gif_of_ten_thousand_pictures_gives_its_first():
    frames = [Image.new("P", (8, 8), number % 7) for number in range(10_000)]
    content = encoded(drawn(8, 8, "P"), "GIF", save_all=True, append_images=frames)

    picture, image = kept(content)

    assert (image.size, getattr(image, "n_frames", 1)) == ((8, 8), 1)
    assert colour_at(image, 1, 1) == "red"
    assert len(picture.content) < 1_000


HIDDEN = (b"Secret", b"EXIF", b"Exif", b"XMP", b"xmp", b"ICCP", b"GPS", b"script")


def _with_everything(kind, **options):
    """A picture with a place, words and a profile in its metadata."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x:xmpmeta><rdf:RDF>SecretPlace</rdf:RDF></x:xmpmeta>"
    hidden = {"exif": exif, "icc_profile": profile, "xmp": xmp}
    return encoded(drawn(), kind, **{**hidden, **options})


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_the_picture_is_kept(kind):
    options = {"comment": b"SecretComment"} if kind == "JPEG" else {}
    content = _with_everything(kind, **options) + b"SecretTail<script>alert(1)</script>"
    assert b"SecretCamera" in content

    picture, image = kept(content)

    assert chunks_of(picture.content) in (["VP8 "], ["VP8L"])
    assert [word for word in HIDDEN if word in picture.content] == []
    assert (dict(image.getexif()), image.info.get("icc_profile")) == ({}, None)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "corner", "size"),
    [
        (1, (5, 5), (320, 180)),
        (2, (315, 5), (320, 180)),
        (3, (315, 175), (320, 180)),
        (4, (5, 175), (320, 180)),
        (5, (5, 5), (180, 320)),
        (6, (175, 5), (180, 320)),
        (7, (175, 315), (180, 320)),
        (8, (5, 315), (180, 320)),
    ],
)
def test_pictures_are_turned_upright(kind, orientation, corner, size):
    exif = Image.Exif()
    exif[0x0112] = orientation

    _picture, image = kept(encoded(drawn(), kind, exif=exif))

    assert image.size == size
    assert colour_at(image, *corner) == "red"


def test_damaged_metadata_does_not_matter(monkeypatch):
    def broken(_image):
        raise SyntaxError("not a TIFF file")

    content = _with_everything("PNG", icc_profile=b"no profile")
    monkeypatch.setattr(Image.Image, "getexif", broken)

    assert kept(content)[1].size == (320, 180)


def test_colours_of_another_profile_become_those_of_screens():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red_is_blue = srgb.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")

    _picture, image = kept(encoded(drawn(), icc_profile=red_is_blue))
    _picture, transparent = kept(encoded(drawn(mode="LA"), icc_profile=red_is_blue))
    _picture, grey = kept(encoded(drawn(mode="L"), icc_profile=red_is_blue))

    red, green, blue = image.getpixel((10, 10))
    assert (red < 90, green < 90, blue > 180) == (True, True, True)
    assert grey.convert("L").getpixel((300, 170)) > 240
    assert transparent.size == (320, 180)


@pytest.mark.parametrize(
    ("sent_size", "orientation", "kept_size"),
    [
        pytest.param((2_560, 2_560), 1, (2_560, 2_560), id="largest"),
        pytest.param((4_000, 3_000), 1, (2_560, 1_920), id="wide"),
        pytest.param((4_000, 3_000), 6, (2_217, 2_956), id="on-its-side"),
        pytest.param((1_200, 12_000), 1, (809, 8_095), id="long-screenshot"),
        pytest.param((10, 20_000), 1, (4, 8_192), id="a-line"),
        pytest.param((20_000, 1), 1, (2_560, 1), id="a-thin-line"),
    ],
)
def test_large_pictures_are_scaled_down(sent_size, orientation, kept_size):
    exif = Image.Exif()
    exif[0x0112] = orientation

    picture, _image = kept(encoded(Image.new("L", sent_size, 200), exif=exif))

    assert (picture.width, picture.height) == kept_size


def test_same_file_gives_the_same_picture():
    content = encoded(photographed(), "JPEG")

    assert picture_of(io.BytesIO(content)) == picture_of(io.BytesIO(content))


def _png_header(width, height, depth, colour):
    plain = png_of_size(width, height)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    checked = b"IHDR" + header
    return plain[:12] + checked + struct.pack(">I", zlib.crc32(checked)) + plain[33:]


@pytest.mark.parametrize(("depth", "colour"), [(16, 6), (8, 6), (16, 4), (16, 2), (16, 0)])
def test_pixels_that_cost_more_are_fewer(depth, colour):
    with pytest.raises(ValidationError) as too_many:
        picture_of(io.BytesIO(_png_header(5_000, 5_000, depth, colour)))
    with pytest.raises(ValidationError) as empty:  # allowed, but there are no pixels in it
        picture_of(io.BytesIO(_png_header(4_000, 4_000, depth, colour)))

    assert (too_many.value.code, empty.value.code) == ("too_many_pixels", "no_image")
    assert "16 million with transparency" in too_many.value.message
