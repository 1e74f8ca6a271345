"""PostgreSQL clusters for tests to kill, and what tests do to them."""

import os
import shutil
import signal
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

from operations.embedded_postgres.cluster import Cluster

NOBODY = 65534


@contextmanager
def place_for_a_cluster():
    """A path that is short, for the socket, and open to every OS user."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    folder.chmod(0o755)
    cluster = Cluster(folder / "data")
    yield cluster
    cluster.stop()
    shutil.rmtree(folder)


def sql(cluster, statement):
    """Run a statement on a connection of its own, and commit."""
    address = {"host": str(cluster.directory), "port": 5432, "user": "postgres"}
    connected = closing(psycopg2.connect(dbname="notes", **address))
    with connected as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


def kill_server(cluster):
    os.kill(cluster.postmaster(), signal.SIGKILL)
    wait_until(lambda: cluster.postmaster() is None)


def wait_until(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def titles(cluster):
    return sql(cluster, "SELECT title FROM talk")
