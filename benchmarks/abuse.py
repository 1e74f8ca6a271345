"""Readers while sixteen people upload, eight preview the heaviest text and eight search.

The same readers on the same server, without abuse and under it in turns; the figures are medians
of the rounds. The abusers' own threads have a low priority, as they would be on other machines.
Each abuser asks again as soon as it
was answered, or when Retry-After says; with `RUDE=1` at once, whatever the answer. `TALKS=100000`
for another size than 20,000 talks.
"""

import http.client
import io
import os
import statistics
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.test import Client
from PIL import Image

from accounts.models import User
from benchmarks.pages import load, page_paths
from benchmarks.scratch import scratch_database, settle
from benchmarks.serving import served
from exchange.demo import make_demo

UPLOADERS, PREVIEWERS, SEARCHERS = 16, 8, 8
ROUNDS = 5
# Pages as readers ask for them: kept ones, and one that is made anew for each address.
PAGES = ("home", "talk", "tag")
HEAVY = "![" * 99_500
Answer = tuple[str, int, float]
_TOKEN, _EDGE = "a" * 32, "edge"


def main() -> None:
    """Print readers' p95 on a quiet site and under abuse, and what the abusers were answered."""
    talks = int(os.environ.get("TALKS", "20000"))
    with scratch_database(), ExitStack() as running:
        make_demo(talks)
        settle()
        people = [cookie_of(number) for number in range(UPLOADERS + PREVIEWERS)]
        folder = running.enter_context(tempfile.TemporaryDirectory(prefix="notes-bench-"))
        own = {"VAR_DIR": folder, "STATIC_ROOT": str(settings.STATIC_ROOT)}
        port = running.enter_context(served(SECRET_KEY=settings.SECRET_KEY, **own))
        print(f"load average {os.getloadavg()[0]:.1f}", flush=True)
        readers(port)  # warms up
        rounds = [Round(port, people) for _ in range(ROUNDS)]
        print(f"{'page':<8}{'quiet p95':>11}{'abused p95':>12}{'times':>8}")
        for name in PAGES:
            quiet = statistics.median(each.quiet[name] for each in rounds)
            abused = statistics.median(each.abused[name] for each in rounds)
            print(f"{name:<8}{quiet:>11.1f}{abused:>12.1f}{abused / quiet:>8.1f}", flush=True)
        answers = sum((each.answers for each in rounds), Counter[str]())
        print(f"load average {os.getloadavg()[0]:.1f}; answers: {dict(answers)}")


class Round:
    """Readers on a quiet site, then under abuse."""

    def __init__(self, port: int, people: list[str]):
        self.quiet = readers(port)
        with Abuse(port, people) as abuse:
            self.abused = readers(port)
        self.answers = abuse.answers


def readers(port: int) -> dict[str, float]:
    """Return the p95 of each page in milliseconds."""
    paths = page_paths()
    return {name: load(port, paths[name], connections=2)["p95"] for name in PAGES}


def cookie_of(number: int) -> str:
    """Return the cookies of somebody new who may write recaps and upload images."""
    person = User.objects.create(
        username=f"b{number}", public_name=f"B{number}", slug=f"b{number}", is_staff=True
    )
    wanted = ("add_image", "add_recap", "change_recap")
    person.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: _TOKEN}
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


class Abuse:
    """People who ask for heavy work all the time, as long as the block runs."""

    def __init__(self, port: int, cookies: list[str]):
        picture = io.BytesIO()
        Image.new("RGBA", (4_000, 4_000), (1, 2, 3, 100)).save(picture, "PNG")
        self.answers: Counter[str] = Counter()
        self._port, self._is_over = port, threading.Event()
        self._picture, self._text = picture.getvalue(), HEAVY.encode()
        works: list[Callable[[], Answer]] = [
            *(self._uploading(cookie) for cookie in cookies[:UPLOADERS]),
            *(self._previewing(cookie) for cookie in cookies[UPLOADERS:]),
            *(self._searching(number) for number in range(SEARCHERS)),
        ]
        self._threads = [threading.Thread(target=self._repeat, args=[work]) for work in works]

    def __enter__(self) -> "Abuse":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def _repeat(self, work: Callable[[], Answer]) -> None:
        priority = os.getpriority(os.PRIO_PROCESS, 0) + 10
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), priority)
        while not self._is_over.is_set():
            name, status, seconds = work()
            self.answers[f"{name} {status}"] += 1
            self._is_over.wait(0.0 if os.environ.get("RUDE") else seconds)

    def _uploading(self, cookie: str) -> Callable[[], Answer]:
        address = "/admin/images/image/upload/"
        return lambda: ("upload", *self._post(address, cookie, "image", self._picture))

    def _previewing(self, cookie: str) -> Callable[[], Answer]:
        address = "/admin/recaps/recap/preview/"
        return lambda: ("preview", *self._post(address, cookie, "body", self._text))

    def _searching(self, start: int) -> Callable[[], Answer]:
        numbers, common = count(start, SEARCHERS), page_paths()["search"].partition("=")[2]
        return lambda: ("search", *self._ask("GET", f"/search/?q=-{common}+or+{next(numbers)}"))

    def _post(self, address: str, cookie: str, name: str, content: bytes) -> tuple[int, float]:
        file = '; filename="x.png"' if name == "image" else ""
        head = f'--{_EDGE}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        headers = {
            "Content-Type": f"multipart/form-data; boundary={_EDGE}",
            "Accept": "application/json",
            "Cookie": cookie,
            "X-CSRFToken": _TOKEN,
        }
        body = head.encode() + content + f"\r\n--{_EDGE}--\r\n".encode()
        return self._ask("POST", address, body=body, headers=headers)

    def _ask(self, method: str, address: str, **sent: Any) -> tuple[int, float]:
        """Return the status, and after how many seconds one may ask again."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            connection.request(method, address, **sent)
            response = connection.getresponse()
            response.read()
            return response.status, float(response.headers.get("Retry-After", 0))
        finally:
            connection.close()
