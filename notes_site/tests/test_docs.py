"""The documents name files and models that are there, and decisions without a hole."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
DOCS = ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))]
OWN = {path.parent.name for path in ROOT.glob("*/apps.py")} | {"foundation"}
# `talks/urls.py`, `docs/adr`, `images/{files,pictures}.py`; no command, pattern or file to be made.
PATH = re.compile(r"[a-z_]+(?:/[\w{},.-]+)+/?")


def paths_in(text):
    for quoted in re.findall(r"`([^`\s]+)`", text):
        first = quoted.split("/")[0]
        if PATH.fullmatch(quoted) and (ROOT / first).is_dir() and first != "var":
            yield from _each(quoted)


def _each(path):
    """Return `a/{b,c}.py` as `a/b.py` and `a/c.py`."""
    parts = [part.split(",") for part in re.split(r"[{}]", path)]
    return ["".join(choice) for choice in product(*parts)]


def test_paths_are_told_from_other_words():
    text = "`talks/urls.py` `images/{files,pictures}.py` `make run` `a/b.py` `var/first-login.txt`"

    assert list(paths_in(text)) == ["talks/urls.py", "images/files.py", "images/pictures.py"]


@pytest.mark.parametrize("name", DOCS)
def test_every_path_that_a_document_names_is_there(name):
    missing = [
        path
        for path in paths_in((ROOT / name).read_text())
        if not any((ROOT / f"{path}{ending}").exists() for ending in ("", ".py"))
    ]

    assert missing == []


def test_the_picture_of_the_data_names_every_model():
    text = (ROOT / "docs/architecture.md").read_text()
    named = set(re.findall(r"\b[A-Z][A-Za-z]+\b", text))
    models = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OWN and not model.__name__.startswith("Old")
    }

    assert models - named == set()


def test_decisions_are_numbered_without_a_hole_and_listed():
    files = sorted(path.name for path in (ROOT / "docs/adr").glob("[0-9]*.md"))
    listed = re.findall(r"\]\((\d{4}-[^)]+)\)", (ROOT / "docs/adr/README.md").read_text())

    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))
    assert sorted(listed) == files
