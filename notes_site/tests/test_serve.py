"""`manage.py serve`, as `make run` calls it: from nothing to a site, and again."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from operations.embedded_postgres.cluster import Cluster

pytestmark = pytest.mark.servers


@pytest.fixture
def home():
    """A folder of the site's own, with a path short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="serve-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)  # the database server's account must reach it
        yield Path(folder)
        Cluster(Path(folder, "postgres")).stop()


def environment(folder, **more):
    names = ("PATH", "HOME", "COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    own = {"VAR_DIR": str(folder), "EMBEDDED_PG_FAST": "1", "WORKERS": "1"}
    return {**kept, **own, **more}


def manage(folder, *arguments, **more):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(folder, *arguments, **more):
    """Run `serve` in a process group of its own; yield its address once it answers, and its log."""
    port, log = free_port(), folder / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", *arguments],
            cwd=settings.BASE_DIR,
            env=environment(folder, PORT=str(port), **more),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield _once_it_answers(process, f"http://127.0.0.1:{port}", log), log
    finally:
        # What Ctrl-C does: the whole group of the terminal gets the signal.
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=30)


def _once_it_answers(process, address, log):
    for _ in range(600):
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{address}/health/", timeout=5):
                return address
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())


def test_an_impossible_place_of_the_database_stops_the_start_with_one_line(home):
    start = manage(home, "serve", EMBEDDED_PG_DIR=f"{home}/my talks")

    assert start.returncode == 3
    assert start.stderr.startswith("EMBEDDED_PG_DIR must be an absolute path")
    assert start.stderr.count("\n") == 1


def test_a_traceback_is_to_be_had(home):
    start = manage(home, "migrate", "--traceback", EMBEDDED_PG_DIR=f"{home}/my talks")

    assert start.stderr.startswith("Traceback")


def page(address):
    with urllib.request.urlopen(address, timeout=10) as response:
        return response.read().decode()


def test_serve_makes_a_site_from_nothing_and_finds_it_again(home):
    """And shows it to developers, without collected files."""
    with served(home) as (address, log):
        first_log = log.read_text()
        first_page = page(f"{address}/")
        stylesheet = re.search(r'href="(/static/css/tokens\.[0-9a-f]+\.css)"', first_page)[1]
        assert "--ink" in page(address + stylesheet)
    login = home / "first-login.txt"
    password = re.search(r"Log in as:  admin  with  (\S+)", first_log)[1]

    with served(home) as (address, log):
        second_log = log.read_text()
        second_page = page(f"{address}/")

    assert password in login.read_text()
    assert stat.S_IMODE(login.stat().st_mode) == 0o600
    assert f"The admin:  http://127.0.0.1:{address.rsplit(':')[-1]}/admin/" in second_log
    assert "Log in as" not in second_log
    assert "Sample" in first_page
    assert _main(second_page) == _main(first_page)
    assert manage(home, "embedded_db", "status").returncode == 0, "Ctrl-C ended PostgreSQL too"

    nowhere = home / "no-static-files"
    with served(home, "--dev", DEBUG="1", STATIC_ROOT=str(nowhere)) as (address, _):
        assert 'href="/static/css/tokens.css"' in page(f"{address}/")
    assert not nowhere.exists()


def test_serve_names_a_port_that_is_taken(home):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = manage(home, "serve", PORT=str(port))

    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1] == (
        f"CommandError: Port {port} is taken. Choose another: make run PORT={port + 1}"
    )


def _main(html):
    return html.split("<main")[1].split("</main>")[0]
