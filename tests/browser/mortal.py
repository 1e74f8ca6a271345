"""A server of its own process, which a test kills and starts again at its address."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from urllib.parse import quote

from django.conf import settings
from django.db import connection


class MortalServer:
    """gunicorn on the tests' database."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder

    def start(self):
        command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{self.port}"]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [*command, "notes_site.wsgi"],
                cwd=settings.BASE_DIR,
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for _ in range(300):
            with suppress(OSError), urllib.request.urlopen(f"{self.url}/health/"):
                return
            time.sleep(0.1)
        raise AssertionError((self.folder / "log").read_text())

    def kill(self):
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def environment(self):
        database = connection.settings_dict
        names = {"USER": "", "PASSWORD": "", "HOST": "", "PORT": "", "NAME": ""}
        user, password, host, port, name = (quote(str(database[key]), "") for key in names)
        secret = f":{password}" if password else ""
        return {
            **{key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ},
            "DATABASE_URL": f"postgres://{user}{secret}@{host}:{port}/{name}",
            "SECRET_KEY": settings.SECRET_KEY,
            "SITE_URL": self.url,
            "VAR_DIR": str(self.folder),
            "DEBUG": "1",  # static files as they are
        }
