"""The public file of an image."""

import pytest

from accounts.factories import UserFactory
from images.files import path_of
from tests.tools.drawing import a_kept_image

pytestmark = pytest.mark.django_db

KEY = "0123456789abcdef" * 2
HEADERS = {
    "Content-Type": "image/webp",
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@pytest.fixture
def image():
    """An image with its file."""
    return a_kept_image(UserFactory())


def test_image_is_served_to_everybody_and_for_ever(client, image, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(image.get_absolute_url(), headers={"accept-encoding": "gzip"})

    content = b"".join(response.streaming_content)
    assert (response.status_code, len(content)) == (200, image.byte_count)
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert response.headers["Content-Length"] == str(image.byte_count)
    assert response.headers["ETag"] == f'"{image}"'
    assert "Content-Encoding" not in response.headers
    assert (response.cookies, "Vary" in response.headers) == ({}, False)


def test_what_the_browser_has_is_not_sent_again(client, image):
    known = {"if-none-match": f'"{image}"'}
    other = client.get(image.get_absolute_url(), headers={"if-none-match": '"x"'})

    response = client.get(image.get_absolute_url(), headers=known)

    other.close()
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["Cache-Control"] == HEADERS["Cache-Control"]
    assert other.status_code == 200


def test_head_says_the_same_without_the_file(client, image):
    response = client.head(image.get_absolute_url())

    response.close()
    assert (response.status_code, b"".join(response)) == (200, b"")
    assert response.headers["Content-Length"] == str(image.byte_count)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace", "options"])
def test_other_methods_are_refused(client, image, method):
    assert getattr(client, method)(image.get_absolute_url()).status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        f"{KEY}-320x180.webp",
        f"{KEY}-320x180.svg",
        f"{KEY}-320x180.webp/",
        f"{KEY}-320x180.webp%00.png",
        f"{KEY}-0320x180.webp",
        f"{KEY}-9999x180.webp",
        f"{KEY}-320x9999.webp",
        f"{KEY}.webp",
        f"{KEY.upper()}-320x180.webp",
        f"{KEY[:-1]}١-320x180.webp",
        f"{KEY}-320x180.webp%0a",
        "",
        "..%2f..%2fsecret_key",
        "../../secret_key",
        "..%2f..%2f..%2f..%2fetc%2fpasswd",
        "%2fetc%2fpasswd",
        f"../{KEY}-320x180.webp",
        f"01/{KEY}-320x180.webp",
    ],
)
def test_other_names_are_not_found(client, media, name):
    (media / "01").mkdir(parents=True)
    (media.parent / "secret_key").write_text("secret")
    (media / f"{KEY}-320x180.webp").touch()

    response = client.get(f"/images/{name}")

    assert response.status_code == 404


def test_a_folder_of_that_name_is_not_found(client, image):
    path_of(image.name).unlink()
    path_of(image.name).mkdir()

    assert client.get(image.get_absolute_url()).status_code == 404
