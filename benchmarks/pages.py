"""Pages over HTTP, kept and made, beside a trivial view that answers with the same bytes.

Each server is gunicorn with the site's own configuration on loopback; the load comes from a
process of its own, on the same cores. `trivial` passes the site's middleware (without the page
cache), `bare` none. With REDIS_URL the kept pages come without a query.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from benchmarks.load import ask, connected, request_for
from benchmarks.scratch import scratch_database, settle
from benchmarks.serving import served
from exchange.demo import make_demo
from talks.models import Tag, Talk

TALKS = 100_000
# Of one load.
COUNT, SECONDS = 1_000, 1.5
ROUNDS = 5
Figures = dict[str, float]
_HEAD = (
    f"{'page':<11}{'KB':>5}{'bare/s':>9}{'trivial/s':>11}{'p95':>6}{'kept/s':>9}{'p95':>6}"
    f"{'of trivial':>12}{'304/s':>8}{'made/s':>8}{'p50':>7}{'p95':>7}"
)


def main() -> None:
    """Print requests per second and milliseconds of each page."""
    with scratch_database(), ExitStack() as running:
        make_demo(TALKS)
        settle()
        bodies = running.enter_context(tempfile.TemporaryDirectory(prefix="notes-bench-"))
        ports = {
            kind: running.enter_context(served(BENCH_BODIES=bodies, **environment))
            for kind, environment in _SERVERS.items()
        }
        print(_HEAD, flush=True)
        for name, path in page_paths().items():
            measure(name, path, ports, Path(bodies))


def page_paths() -> dict[str, str]:
    """Return the addresses of a page of each kind: of a talk in the middle, of the largest tag."""
    talk = Talk.objects.select_related("conference").get(slug="talk-200")
    tag = Tag.objects.with_talk_counts().order_by("-talk_count")[0]
    return {
        "home": "/",
        "talk": talk.get_absolute_url(),
        "conference": talk.conference.get_absolute_url(),
        "tag": tag.get_absolute_url(),
        "archive": "/archive/",
        "search": f"/search/?q={tag.name}",
        "feed": "/feeds/recaps.atom",
    }


_SERVERS = {
    "bare": {"PAGE_CACHE": "0", "BENCH_BARE": "1"},
    "made": {"PAGE_CACHE": "0"},
    "kept": {"PAGE_CACHE": "1"},
}


def measure(name: str, path: str, ports: dict[str, int], bodies: Path) -> None:
    """Print the line of one page: medians of rounds in which all take turns."""
    with connected(ports["kept"]) as reader:
        _status, headers, body = ask(reader, request_for(path))
    (bodies / name).write_bytes(body)
    etag = headers["etag"].replace("w/", "W/")
    loads: dict[str, Callable[[], Figures]] = {
        "bare": lambda: load(ports["bare"], f"/same-bytes/{name}/"),
        "trivial": lambda: load(ports["made"], f"/same-bytes/{name}/"),
        "kept": lambda: load(ports["kept"], path),
        "304": lambda: load(ports["kept"], path, etag=etag),
        # One after the other: how long a reader waits while nobody else asks.
        "made": lambda: load(ports["made"], path, connections=1),
    }
    rounds = [{kind: run() for kind, run in loads.items()} for _ in range(ROUNDS)]

    def median(kind: str, figure: str) -> float:
        return statistics.median(each[kind][figure] for each in rounds)

    ratio = statistics.median(
        each["kept"]["per_second"] / each["trivial"]["per_second"] for each in rounds
    )
    print(
        f"{name:<11}{len(body) / 1000:>5.1f}{median('bare', 'per_second'):>9,.0f}"
        f"{median('trivial', 'per_second'):>11,.0f}{median('trivial', 'p95'):>6.1f}"
        f"{median('kept', 'per_second'):>9,.0f}{median('kept', 'p95'):>6.1f}{ratio:>11.2f}x"
        f"{median('304', 'per_second'):>8,.0f}{median('made', 'per_second'):>8,.0f}"
        f"{median('made', 'p50'):>7.1f}{median('made', 'p95'):>7.1f}",
        flush=True,
    )


def load(port: int, path: str, *, etag: str = "", connections: int = 4) -> Figures:
    """Return the figures of one load, after a few requests that warm up."""
    numbers = map(str, (connections, COUNT, SECONDS))
    command = [sys.executable, "-m", "benchmarks.load", str(port), path, etag, *numbers]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures: Figures = json.loads(printed)
    return figures
