"""What a real gunicorn takes and refuses by our settings, and that nginx's are the same."""

import re
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings

from notes_site.serving_worker import HEAD_LIMIT

APP = """
import sys

def app(environ, start_response):
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok" if sys.getswitchinterval() < 0.001 else b"no"]
"""
# The settings of the site; without the look at everything first, which takes a database.
CONFIG = """
from notes_site.gunicorn_config import *
workers, on_starting = 1, lambda server: None
bind = "unix:{socket}"
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The socket of a gunicorn that serves two letters."""
    folder = tmp_path_factory.mktemp("g")
    (folder / "answering.py").write_text(APP)
    (folder / "config.py").write_text(CONFIG.format(socket=folder / "s"))
    command = [sys.executable, "-m", "gunicorn", "-c", str(folder / "config.py")]
    server = subprocess.Popen(
        [*command, "--pythonpath", f"{folder},{settings.BASE_DIR}", "answering:app"],
        cwd=settings.BASE_DIR,
        stderr=subprocess.DEVNULL,
    )
    while not (folder / "s").exists() and server.poll() is None:
        time.sleep(0.05)
    yield str(folder / "s")
    server.terminate()
    server.wait()


def _answer(address, head):
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(address)
        client.sendall(head)
        return client.makefile("rb").read().decode()


def _request(*headers, path="/"):
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", "Connection: close", *headers]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode()


def _of_length(length):
    """Return a request whose head has so many bytes, in headers that are short enough each."""
    filling = [f"X-{number}: {'v' * 8000}" for number in range(length // 8100)]
    left = length - len(_request(*filling, "X-L: "))
    return _request(*filling, f"X-L: {'v' * left}")


def test_a_head_of_32_kb_is_answered(address):
    # Its last, empty line counts for neither of the two.
    assert len(request := _of_length(HEAD_LIMIT + 2)) == HEAD_LIMIT + 2
    assert _answer(address, request).startswith("HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (_of_length(HEAD_LIMIT + 3), 431),
        (_of_length(60_000), 431),
        (_request(f"X: {'v' * 9000}"), 431),
        (_request(*(f"X-{number}: v" for number in range(61))), 431),
        (_request(path=f"/{'p' * 9000}"), 414),
    ],
    ids=["one-byte-more", "many-bytes", "one-header", "many-headers", "first-line"],
)
def test_what_is_longer_is_refused_with_the_headers(address, request_, status):
    answer = _answer(address, request_)
    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert "X-Content-Type-Options: nosniff" in answer


def test_threads_let_each_other_compute_ten_times_as_often(address):
    assert _answer(address, _request()).endswith("ok")


def test_nginx_is_told_the_same():
    text = (settings.BASE_DIR / "docs" / "operations.md").read_text()
    [(number, kilobytes)] = re.findall(r"large_client_header_buffers (\d+) (\d+)k;", text)
    assert int(number) * int(kilobytes) * 1024 == HEAD_LIMIT
    assert "underscores_in_headers off;" in text
    assert re.search(r"client_max_body_size 16m;", text)
