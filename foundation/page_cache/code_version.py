"""Digest of what pages depend on besides the database: code, templates, static files, settings."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

_SUFFIXES = {".py", ".html", ".txt", ".xml", ".mo", ".css", ".js", ".svg", ".lock"}
_NOT_OURS = {".git", ".venv", "var", "node_modules", "tests", "benchmarks"}


@cache
def code_version() -> str:
    """Return a digest that is the same in every process of one release with the same settings."""
    digest = hashlib.sha256()
    for value in (settings.SITE_URL, settings.SITE_NAME, settings.TIME_ZONE, settings.STATIC_URL):
        digest.update(f"{value}\0".encode())
    for file in sorted(_files(settings.BASE_DIR)):
        digest.update(f"{file.relative_to(settings.BASE_DIR)}\0".encode())
        digest.update(file.read_bytes())
    # Under which names pages link to static files, once these are collected.
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    digest.update(manifest.read_bytes() if manifest.exists() else b"")
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name in _NOT_OURS or entry.name.startswith(".venv"):
            continue
        if entry.is_dir():
            yield from _files(entry)
        elif entry.suffix in _SUFFIXES:
            yield entry
