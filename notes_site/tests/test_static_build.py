"""Static files are collected when they changed."""

import pytest
from django.templatetags.static import static

from notes_site.static_files import collect_static_files


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


def test_modules_import_others_under_names_with_a_digest(sources, settings):
    backend = "notes_site.static_files.ModuleStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    (sources / "main.js").write_text('import { x } from "./other.js";\n')
    (sources / "other.js").write_text("export const x = 1;\n")

    collect_static_files()

    (main,) = settings.STATIC_ROOT.glob("main.????????????.js")
    (other,) = settings.STATIC_ROOT.glob("other.????????????.js")
    assert main.read_text() == f'import {{ x }} from "./{other.name}";\n'


def test_file_that_was_not_collected_costs_its_link_and_not_the_page(sources, settings):
    backend = "notes_site.static_files.ModuleStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    settings.WHITENOISE_MANIFEST_STRICT = False
    collect_static_files()

    assert static("missing.css") == "/static/missing.css"
