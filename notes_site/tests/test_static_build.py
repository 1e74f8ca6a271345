"""Static files are collected when they changed."""

import pytest

from notes_site.static_build import collect_static_files


@pytest.fixture
def sources(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATICFILES_DIRS = [tmp_path / "sources"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.css").write_text("body{}")
    return tmp_path / "sources"


def test_collect_static_files_runs_again_only_after_a_change(sources, settings):
    assert collect_static_files() is True
    assert collect_static_files() is False

    (sources / "b.css").write_text("p{}")

    assert collect_static_files() is True
    assert (settings.STATIC_ROOT / "b.css").read_text() == "p{}"
