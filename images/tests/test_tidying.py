"""`tidy_images`: what goes, what is only listed, and what stays."""

import os
from contextlib import nullcontext
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command

from accounts.factories import UserFactory
from images.files import path_of, remove_file
from images.models import Image
from recaps.factories import RecapFactory
from recaps.models import WorkingCopy
from recaps.writing import write_recap
from tests.tools.drawing import a_kept_image

pytestmark = pytest.mark.django_db


def tidy(*args, status=0):
    """The lines that the command prints, once it has ended with the status."""
    out = StringIO()
    ended = pytest.raises(SystemExit, match=str(status)) if status else nullcontext()
    with ended:
        call_command("tidy_images", *args, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def old(media):
    """Makes files, and the images, look as if they were from last year."""

    def make_old():
        for path in media.rglob("*"):
            os.utime(path, (1_700_000_000, 1_700_000_000))
        Image.objects.update(created_at="2024-01-01T00:00Z")

    return make_old


def test_nothing_to_do_where_there_are_no_images():
    assert tidy() == ["Removed 0 stray files."]


def test_stray_files_go_and_others_stay(media, old):
    used = a_kept_image(UserFactory())
    stray = a_kept_image(UserFactory(), "blue")
    RecapFactory(body=used.markdown())
    Image.objects.filter(pk=stray.pk).delete()
    partial, foreign = path_of(used.name).with_name("x.partial"), path_of(used.name).with_name("x")
    partial.touch()
    foreign.touch()
    young = tidy()
    old()

    assert young == ["Removed 0 stray files."]
    assert tidy() == ["Removed 2 stray files."]
    assert [path.exists() for path in (path_of(used.name), foreign)] == [True, True]
    assert [path.exists() for path in (path_of(stray.name), partial)] == [False, False]


def test_file_whose_row_came_in_the_meantime_stays(media, old, monkeypatch):
    image = a_kept_image(UserFactory())
    RecapFactory(body=image.markdown())
    old()
    monkeypatch.setattr("images.tidying._names_on", lambda shelf: set())

    assert tidy() == ["Removed 0 stray files."]
    assert path_of(image.name).exists()


def test_file_that_is_gone_in_the_meantime_is_no_fault(media, monkeypatch):
    image = a_kept_image(UserFactory())
    listed = path_of(image.name).with_name("y.partial")
    shelf = image.key[:2]
    monkeypatch.setattr("images.tidying.files_on", lambda s: [listed] if s == shelf else [])

    assert tidy(status=1) == [f"lost: {image}", "Removed 0 stray files."]


def test_lost_files_are_listed():
    image = a_kept_image(UserFactory())
    remove_file(image.name)

    assert tidy(status=1) == [f"lost: {image}", "Removed 0 stray files."]


def test_unused_images_are_listed_and_deleted_where_asked(media, old):
    person = UserFactory(username="ada")
    colours = ["red", "blue", "green", "grey", "black", "brown"]
    images = [a_kept_image(person, colour) for colour in colours]
    unused, published, draft, former, binned, typed = images
    RecapFactory(body=f"a\n\n{published.markdown('x')}\n\n{published.markdown('y')}")
    RecapFactory(draft=True, summary=draft.markdown())
    rewritten, deleted = RecapFactory(body=former.markdown()), RecapFactory(body=binned.markdown())
    WorkingCopy.objects.create(sitting=uuid4(), author=person, typed={"body": typed.markdown()})
    rewritten.body = "without"
    write_recap(rewritten, by=UserFactory(role="Curators"))
    type(deleted).objects.filter(pk=deleted.pk).update(deleted_at="2024-01-01T00:00Z")
    young = tidy()
    old()

    line = f"unused: {unused} (ada, 2024-01-01)"
    assert young == ["Removed 0 stray files."]
    assert tidy() == [line, "Removed 0 stray files."]
    assert tidy("--days", "100000") == ["Removed 0 stray files."]
    assert Image.objects.count() == 6


@pytest.mark.django_db(transaction=True)
def test_deleted_images_lose_their_files(media, old):
    image, used = a_kept_image(UserFactory()), a_kept_image(UserFactory(), "blue")
    RecapFactory(body=used.markdown())
    old()

    lines = tidy("--delete-unused")

    assert lines[1:] == ["Deleted 1 unused images.", "Removed 0 stray files."]
    assert list(Image.objects.all()) == [used]
    assert [path_of(one.name).exists() for one in (image, used)] == [False, True]
