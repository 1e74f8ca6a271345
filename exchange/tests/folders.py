"""Event folders made up for a test, in the pyvideo layout."""

import json
from pathlib import Path
from typing import Any

from exchange.library.importing import import_events
from exchange.report import ImportReport
from exchange.sources.pyvideo import SOURCE

ABSENT = object()


def video(**fields: Any) -> dict[str, Any]:
    """Return a plain, complete record; `field=ABSENT` leaves a field out."""
    record = {
        "title": "Growing bonsai in production",
        "speakers": ["Ada Quill"],
        "description": "How to prune a tree.",
        "recorded": "2017-04-03",
        "videos": [{"type": "youtube", "url": "https://www.youtube.com/watch?v=bonsai00001"}],
        "language": "eng",
        "duration": 1800,
        "tags": ["gardening"],
        "related_urls": [{"label": "Slides", "url": "https://bonsai.example/slides.pdf"}],
        "copyright_text": "CC BY",
        **fields,
    }
    return {key: value for key, value in record.items() if value is not ABSENT}


def import_pyvideo(folder: Path, **options: Any) -> ImportReport:
    """Import the events in a folder."""
    return import_events(SOURCE, folder, **options)


def write_event(
    folder: Path, talks: dict[str, Any], category: Any = ABSENT, name: str = "treecon-2017"
) -> Path:
    """Write an event below the folder and return its own. Text is written as it is, not as JSON.

    `category=None` leaves category.json out.
    """
    event = folder / name
    (event / "videos").mkdir(parents=True, exist_ok=True)
    if category is ABSENT:
        category = {"title": "TreeCon 2017"}
    if category is not None:
        (event / "category.json").write_bytes(_as_bytes(category))
    for stem, record in talks.items():
        (event / "videos" / f"{stem}.json").write_bytes(_as_bytes(record))
    return event


def _as_bytes(content: Any) -> bytes:
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content)).encode()
