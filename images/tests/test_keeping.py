"""Keeping uploads: one file and one row for one picture, whatever happens in between."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.utils import IntegrityError

from accounts.factories import UserFactory
from images import files
from images.factories import ImageFactory
from images.models import Image
from images.uploads import store_image
from tests.tools.drawing import a_kept_image, an_upload, drawn, encoded, sent

pytestmark = pytest.mark.django_db


def _files(media):
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


def test_upload_becomes_a_file_and_a_row(media, django_assert_num_queries):
    person = UserFactory()

    with django_assert_num_queries(7):  # lock, get, insert, and two savepoints
        image = a_kept_image(person)

    (name,) = _files(media)
    content = (media / name).read_bytes()
    row = Image.objects.get()
    assert name == f"{image.key[:2]}/{image.key}-320x180.webp"
    assert (row.width, row.height, row.byte_count) == (320, 180, len(content))
    assert (row.uploaded_by, row.get_absolute_url()) == (person, f"/images/{image}")
    assert (media / name).stat().st_mode & 0o777 == 0o644


def test_same_picture_twice_is_one_image_of_its_first_uploader(media):
    first, second = UserFactory(), UserFactory()

    images = [a_kept_image(first), a_kept_image(second), a_kept_image(second)]

    assert [image.pk for image in images] == [Image.objects.get().pk] * 3
    assert Image.objects.get().uploaded_by == first
    assert len(_files(media)) == 1


def test_lost_file_comes_back_with_the_next_upload(media):
    person = UserFactory()
    image = a_kept_image(person)
    files.remove_file(image.name)

    a_kept_image(person)

    assert _files(media) == [f"{image.key[:2]}/{image}"]


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        pytest.param(lambda: sent(b"<svg/>", "x.svg"), "no_image", id="svg"),
        pytest.param(lambda: sent(b"<html>", "x.png"), "no_image", id="html-called-png"),
        pytest.param(
            lambda: SimpleUploadedFile("x.png", encoded(drawn()) + b"\0" * 15_000_000),
            "too_large",
            id="large",
        ),
    ],
)
def test_refused_upload_leaves_nothing(media, upload, code):
    with pytest.raises(ValidationError) as caught:
        store_image(upload(), by=UserFactory())

    assert caught.value.code == code
    assert (_files(media), Image.objects.count()) == ([], 0)


def test_a_stop_between_file_and_row_leaves_a_file_alone(media, monkeypatch):
    def stop(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(type(Image.objects.all()), "get_or_create", stop)
    with pytest.raises(KeyboardInterrupt):
        a_kept_image(UserFactory())

    assert (len(_files(media)), Image.objects.count()) == (1, 0)


@pytest.mark.parametrize("step", ["fsync", "fchmod"])
def test_a_disk_that_refuses_leaves_nothing(media, monkeypatch, step):
    def refuse(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, refuse)
    with pytest.raises(ValidationError) as caught:
        a_kept_image(UserFactory())

    assert caught.value.code == "not_kept"
    assert (_files(media), Image.objects.count()) == ([], 0)


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_same_picture_at_once_is_one_row(media, settings, monkeypatch):
    settings.THREADS = 16
    monkeypatch.setattr("operations.turns.LONGEST_WAIT", 600)
    people = UserFactory.create_batch(4)
    kept, start = [], threading.Barrier(4)

    def upload(person):
        start.wait()
        kept.append(store_image(an_upload(), by=person).pk)
        connection.close()

    threads = [threading.Thread(target=upload, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert kept == [Image.objects.get().pk] * 4
    assert len(_files(media)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"digest": "A" * 64},
        {"digest": "a" * 63},
        {"width": 2_561},
        {"width": 0},
        {"height": 8_193},
        {"byte_count": 0},
    ],
)
def test_database_refuses_what_no_image_has(wrong):
    with pytest.raises(IntegrityError):
        ImageFactory(**wrong)


@pytest.mark.servers
@pytest.mark.parametrize(
    ("place", "is_writable"),
    [("new/folder", True), ("file", False), ("file/folder", False)],
)
def test_check_says_where_the_folder_cannot_be_written(tmp_path, place, is_writable):
    (tmp_path / "file").touch()
    environment = os.environ | {"MEDIA_ROOT": str(tmp_path / place)}
    root = Path(__file__).parents[2]

    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        check=False,
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
    )

    assert done.returncode == (0 if is_writable else 1)
    assert ("images.E001" in done.stderr) is not is_writable
    assert not (tmp_path / "new").exists()
