"""The site on the scratch database, served as it is in public, for as long as a block runs."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.db import connection

from benchmarks.scratch import NAME
from notes_site.static_files import collect_static_files


@contextmanager
def served(**environment: str) -> Iterator[int]:
    """Run gunicorn on loopback with the site's own configuration and give its port.

    It is ended however the block ends. Raises TimeoutError where nothing answers within 30 s, and
    RuntimeError where it does not start.
    """
    collect_static_files()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-c", "python:notes_site.gunicorn_config"]
    own = {
        "DEBUG": "0",
        "DJANGO_SETTINGS_MODULE": "benchmarks.served_settings",
        "DATABASE_URL": _database_url(),
        "SECRET_KEY": secrets.token_urlsafe(64),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "LOG_LEVEL": "ERROR",
    }
    options = ["--max-requests", "0", "--log-level", "error", "notes_site.wsgi"]
    server = subprocess.Popen([*command, *options], env=os.environ | own | environment)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(port: int, server: subprocess.Popen) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"The server ended with status {server.returncode}.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"Nothing answers on port {port}.")


def _database_url() -> str:
    place = connection.settings_dict
    login = quote(place["USER"], safe="")
    if place["PASSWORD"]:
        login += f":{quote(place['PASSWORD'], safe='')}"
    host = quote(str(place["HOST"]), safe="")
    return f"postgres://{login}@{host}:{place['PORT'] or 5432}/{NAME}"
