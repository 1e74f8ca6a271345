"""A folder of its own for the files of each test."""

import pytest


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """The folder below which the images' files are."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT / "images"
