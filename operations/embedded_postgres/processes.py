"""Finds the operating system processes of a cluster, and the user that root runs it as."""

import pwd
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
SERVER_ACCOUNT = "embedded_postgres"  # PostgreSQL refuses to run as root


def postgres_in(directory: str) -> list[int]:
    """The pids of all running postgres processes with this working directory.

    Linux adds " (deleted)" to a deleted directory. Always empty on systems without /proc.
    """
    pids = [int(entry.name) for entry in PROC.glob("[0-9]*")]
    return [pid for pid in pids if is_postgres_in(directory, pid)]


def is_postgres_in(directory: str, pid: int) -> bool:
    """Whether a pid is a running postgres of that directory: not another program's, directory's or
    a zombie.
    """
    if not (PROC / "self").exists():
        return _is_called_postgres(pid)
    try:
        # A zombie keeps its pid and its name, but has no working directory any more.
        is_postgres = (PROC / str(pid) / "comm").read_text() == "postgres\n"
        return is_postgres and str((PROC / str(pid) / "cwd").readlink()) == directory
    except OSError:
        return False


def _is_called_postgres(pid: int) -> bool:
    """Whether a process is called postgres; the best check without /proc (macOS)."""
    command = ["ps", "-o", "stat=", "-o", "comm=", "-p", str(pid)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    state, _, name = said.strip().partition(" ")
    return not state.startswith("Z") and Path(name.strip()).name == "postgres"


def server_account() -> pwd.struct_passwd:
    """The OS user that root runs the server as, created if missing. Raises LookupError."""
    options = ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin"]
    useradd = shutil.which("useradd") or "/usr/sbin/useradd"  # cron's PATH has no sbin
    for _ in range(5):
        with suppress(KeyError):
            return pwd.getpwnam(SERVER_ACCOUNT)
        with suppress(FileNotFoundError):
            subprocess.run([useradd, *options, SERVER_ACCOUNT], capture_output=True, check=False)
        time.sleep(0.1)  # if it failed, another process may be at it: the list of users has a lock
    raise LookupError(
        f"PostgreSQL refuses to run as root, and OS user {SERVER_ACCOUNT} could not be made: "
        f"run as a normal user, or make it with useradd --system {SERVER_ACCOUNT}"
    )
