"""A site of its own: a database in a temporary folder, and gunicorn on a free port of loopback."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from faults.client import Client
from faults.database import EMPTY, NAME, Database, wait_until

HERE = Path(__file__).resolve().parent.parent
GUNICORN = ("-m", "gunicorn", "-c", "python:notes_site.gunicorn_config", "notes_site.wsgi")
PEOPLE = ("ada", "ben", "cleo")
WORKERS, THREADS = 2, 4
# A worker's main thread, and those that wait for news, such as Redis's.
OWN_THREADS = 3


class Site:
    """The site, its people and their password."""

    def __init__(self, folder: Path, static_root: Path) -> None:
        self.folder = folder
        self.database = Database(folder)
        self.log = folder / "gunicorn.log"
        self.port = free_port()
        self.password = secrets.token_urlsafe(16)
        self._own = {
            "SECRET_KEY": secrets.token_urlsafe(64),
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "PORT": str(self.port),
            "VAR_DIR": str(folder / "var"),
            "STATIC_ROOT": str(static_root),
            "WORKERS": str(WORKERS),
            "THREADS": str(THREADS),
        }
        self._server: subprocess.Popen | None = None
        self._logged_in: dict[str, dict[str, str]] = {}

    def environment(self, *, name: str = NAME, **more: str) -> dict[str, str]:
        """Return the site's variables, and nothing else but where programs are."""
        kept = ("PATH", "HOME", "COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START")
        found = {key: os.environ[key] for key in kept if key in os.environ}
        return {**found, **self._own, "DATABASE_URL": self.database.url(name), **more}

    def fill(self, migrate: Callable[["Site"], object], *, talks: int) -> None:
        """Make the tables once, and the site's database as a copy of them, with a library."""
        self.database.make()
        migrate(self)
        self.database.make_database(NAME)
        people = [*PEOPLE, f"--talks={talks}"]
        self.run("-m", "faults.library", *people, FAULTS_PASSWORD=self.password)

    def run(self, *arguments: str, name: str = NAME, **more: str) -> subprocess.CompletedProcess:
        """Run Python to its end. Raises CalledProcessError where it fails."""
        return subprocess.run(
            [*self.python(), *arguments],
            cwd=HERE,
            env=self.environment(name=name, **more),
            capture_output=True,
            text=True,
            check=True,
        )

    def begin(self, *arguments: str, name: str = NAME, **more: str) -> subprocess.Popen:
        """Start Python and do not wait for it."""
        return subprocess.Popen(
            [*self.python(), *arguments],
            cwd=HERE,
            env=self.environment(name=name, **more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def manage(self, *arguments: str, name: str = NAME) -> tuple[int, str]:
        """Run a command of the site; return its status and all that it said."""
        ran = self.begin("manage.py", *arguments, name=name)
        said, _nothing = ran.communicate()
        return ran.returncode, said

    def python(self) -> list[str]:
        """Return the Python of the site, as the beginning of a command."""
        return [sys.executable]

    # The server

    def start(self, **more: str) -> None:
        """Start gunicorn and wait until it answers."""
        with self.log.open("a") as log:
            self._server = subprocess.Popen(
                [*self.python(), *GUNICORN],
                cwd=HERE,
                env=self.environment(**more),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(self._answers, what=f"a site that answers: {self.log}")

    def stop(self) -> int:
        """End gunicorn in order and return its exit status."""
        if self._server is None:
            return 0
        self._server.terminate()
        return self._server.wait(60)

    def restart(self, **more: str) -> None:
        """Start gunicorn anew, with other variables."""
        self.stop()
        self.start(**more)

    def signal(self, number: int) -> None:
        """Send gunicorn's master a signal."""
        os.kill(self._master, number)

    def has_ended(self) -> bool:
        """Tell whether gunicorn is no more."""
        return self._server is None or self._server.poll() is not None

    def workers(self) -> list[int]:
        """Return the pids of gunicorn's workers."""
        listed = subprocess.run(
            ["ps", "-A", "-o", "pid=", "-o", "ppid="],  # noqa: S607 -- of POSIX
            capture_output=True,
            text=True,
            check=True,
        )
        pairs = [line.split() for line in listed.stdout.splitlines()]
        return [int(pid) for pid, parent in pairs if int(parent) == self._master]

    def threads(self) -> int:
        """Return how many threads the workers have together."""
        return sum(int(_of_process(pid, "nlwp")) for pid in self.workers())

    def largest_worker(self) -> float:
        """Return the megabytes that the largest worker has in memory."""
        return max(int(_of_process(pid, "rss")) / 1000 for pid in self.workers())

    def kill_workers(self) -> None:
        """Kill all workers as the system does that is out of memory."""
        for pid in self.workers():
            os.kill(pid, signal.SIGKILL)

    @property
    def _master(self) -> int:
        if self._server is None:
            raise RuntimeError("gunicorn was not started.")
        return self._server.pid

    def _answers(self) -> bool:
        if self.has_ended():
            raise RuntimeError(f"gunicorn ended:\n{self.log.read_text()[-3000:]}")
        return Client(self.port).get("/health/").status == 200

    def close(self) -> None:
        """End everything that belongs to it and remove its folder."""
        try:
            self.stop()
        finally:
            self.database.thaw()
            self.database.cluster.stop()
            shutil.rmtree(self.folder)

    # Its people

    def person(self, name: str = PEOPLE[0], *, afresh: bool = False) -> Client:
        """Return a browser in which this person is logged in, by an earlier login or afresh."""
        client = Client(self.port)
        if name in self._logged_in and not afresh:
            client.cookies |= self._logged_in[name]
            return client
        client.log_in(name, self.password)
        if not afresh:
            self._logged_in[name] = dict(client.cookies)
        return client


@contextmanager
def temporary_site(
    migrate: Callable[[Site], Any], *, static_root: Path, talks: int
) -> Iterator[Site]:
    """Make a site that runs, and leave nothing of it. The path is short, for the socket."""
    folder = Path(tempfile.mkdtemp(prefix="faults-", dir="/tmp"))
    folder.chmod(0o755)  # the database server's account must reach it
    site = Site(folder, static_root)
    try:
        site.fill(migrate, talks=talks)
        site.start()
        yield site
    finally:
        site.close()


def migrate(site: Site) -> None:
    """Make the tables by the migrations."""
    site.run("manage.py", "migrate", "--verbosity", "0", name=EMPTY)


def _of_process(pid: int, what: str) -> str:
    command = ["ps", "-o", f"{what}=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def free_port() -> int:
    """Return a port of loopback where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
