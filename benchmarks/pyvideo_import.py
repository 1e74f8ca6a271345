"""Importing a collection as big as pyvideo's: 21,715 talks in 540 folders, first and second run.

The bar: one run in under 60 seconds and 500 MB on two cores, with a number of queries per event
that does not grow with its talks.
"""

import json
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection

from benchmarks.scratch import scratch_database
from exchange.library.importing import import_events
from exchange.report import EventResult, ImportReport
from exchange.sources.pyvideo import SOURCE

EVENTS, TALKS = 540, 21_715
SPEAKERS, TAGS = 13_000, 2_700
_WORDS = [
    "garden",
    "tree",
    "root",
    "moss",
    "fern",
    "river",
    "stone",
    "cloud",
    "lamp",
    "paper",
    "wheel",
    "kettle",
    "window",
    "harbour",
    "ladder",
    "ribbon",
    "copper",
    "velvet",
    "saffron",
    "thunder",
    "meadow",
    "lantern",
    "compass",
    "anchor",
    "pebble",
    "orchard",
    "whistle",
    "quarry",
    "bramble",
    "thistle",
]


def main() -> None:
    """Write the folders, import them twice, and print how long it took."""
    with tempfile.TemporaryDirectory() as name, scratch_database():
        folder = Path(name)
        _write_collection(folder)
        _print_run("first run", lambda listener: import_events(SOURCE, folder, listener=listener))
        _print_run("second run", lambda listener: import_events(SOURCE, folder, listener=listener))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process: {peak:.0f} MB")


def _print_run(name: str, run: Callable[[Any], ImportReport]) -> None:
    queries: list[int] = []
    per_event: list[int] = []

    def count(execute: Any, *args: Any) -> Any:
        queries.append(1)
        return execute(*args)

    def event_is_done(result: EventResult, number: int, total: int) -> None:
        per_event.append(len(queries))
        queries.clear()

    started = time.perf_counter()
    with connection.execute_wrapper(count):
        report = run(event_is_done)
    seconds = time.perf_counter() - started
    counts = report.counts
    print(
        f"{name}: {seconds:.1f} s for {report.conferences} conferences, {counts.talks} talks and "
        f"{report.speakers} speakers ({counts.new} new, {counts.changed} changed, "
        f"{counts.unchanged} unchanged); {min(per_event)} to {max(per_event)} queries per event"
    )


def _write_collection(folder: Path) -> None:
    """Write made-up events, always the same, from one talk to some two hundred each."""
    chance = random.Random(2017)
    sizes = [max(1, round(chance.expovariate(EVENTS / TALKS))) for _ in range(EVENTS)]
    sizes = [min(size, 180) for size in sizes]
    while sum(sizes) != TALKS:
        place = chance.randrange(EVENTS)
        sizes[place] += 1 if sum(sizes) < TALKS else -(sizes[place] > 1)
    for number, size in enumerate(sizes):
        videos = folder / f"event-{number:03}" / "videos"
        videos.mkdir(parents=True)
        _write(videos.parent / "category.json", {"title": f"{_phrase(chance, 2)} {number}"})
        for talk in range(size):
            _write(videos / f"talk-{talk:03}.json", _record(chance, number, talk))


def _record(chance: random.Random, event: int, talk: int) -> dict[str, Any]:
    speakers = chance.choices(range(SPEAKERS), k=chance.choice([1, 1, 1, 1, 2]))
    tags = chance.choices(range(TAGS), k=chance.choice([0, 0, 3, 6]))
    page = f"https://talks.example/{event}/{talk}"
    return {
        "title": f"{_phrase(chance, 6)} {talk}",
        "speakers": [f"{_WORDS[n % 30]} {_WORDS[n // 30 % 30]} {n}".title() for n in speakers],
        "description": _phrase(chance, 120),
        "recorded": f"{2008 + event % 17}-{1 + event % 12:02}-{1 + talk % 3:02}",
        "language": "eng",
        "duration": 900 + talk * 7,
        "tags": [f"{_WORDS[n % 30]} {n}" for n in tags],
        "videos": [{"type": "youtube", "url": f"https://youtu.be/e{event:04}t{talk:04}x"}],
        "related_urls": [{"label": "Slides", "url": f"{page}.pdf"}, page][: event % 3],
        "copyright_text": "CC BY",
    }


def _phrase(chance: random.Random, length: int) -> str:
    return " ".join(chance.choices(_WORDS, k=length)).capitalize()


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")
