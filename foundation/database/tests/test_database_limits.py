"""No request waits for a database that is silent, and none is cut off for one that is busy."""

import os
import signal
import subprocess
import sys
from contextlib import closing

import psycopg2
import pytest
from django.conf import settings
from psycopg2 import extensions

from foundation.database import limits
from operations.embedded_postgres.processes import postgres_in
from tests.tools.clusters import place_for_a_cluster

pytestmark = pytest.mark.servers

SHOWN = """
import notes_site.wsgi
from django.db import connection
with connection.cursor() as cursor:
    for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        cursor.execute(f"SHOW {name}")
        print(cursor.fetchone()[0])
"""


def test_what_is_served_has_the_limits_on_any_database():
    """The tests' own is the embedded one."""
    inherited = {"DJANGO_SETTINGS_MODULE": "notes_site.settings"}
    shown = subprocess.run(
        [sys.executable, "-c", SHOWN],
        cwd=settings.BASE_DIR,
        env={**os.environ, **inherited},
        capture_output=True,
        text=True,
        check=True,
    )

    assert shown.stdout.split() == ["5s", "2s", "30s"]


@pytest.fixture(scope="module")
def cluster():
    with place_for_a_cluster() as cluster:
        cluster.ensure_running("notes")
        yield cluster


@pytest.fixture
def address(cluster, monkeypatch):
    """Where the cluster is, for impatient clients who wait by our rule."""
    where = {"host": str(cluster.directory), "port": 5432, "user": "postgres", "dbname": "notes"}
    site = limits.connections["default"]
    monkeypatch.setattr(site, "get_connection_params", lambda: where)
    monkeypatch.setattr(limits, "SILENCE", 0.3)
    monkeypatch.setattr(limits, "SECONDS_TO_CONNECT", 0.3)
    monkeypatch.setattr(limits._Silence, "until", 0.0)
    extensions.set_wait_callback(limits.wait)
    yield where
    extensions.set_wait_callback(None)


@pytest.fixture
def frozen(cluster):
    """Stop all processes of the server in the middle of what they do."""
    stopped = []

    def freeze():
        stopped.extend(postgres_in(os.path.realpath(cluster.directory)))
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)

    yield freeze
    for pid in stopped:
        os.kill(pid, signal.SIGCONT)


def test_a_server_that_is_busy_is_waited_for(address):
    with closing(psycopg2.connect(**address)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(1), 7")

        assert cursor.fetchone()[1] == 7


def test_a_server_that_is_full_is_busy(address, monkeypatch):
    site = limits.connections["default"]
    with closing(psycopg2.connect(**address)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute("CREATE ROLE visitor LOGIN CONNECTION LIMIT 0")
        monkeypatch.setattr(site, "get_connection_params", lambda: {**address, "user": "visitor"})

        assert limits.is_answering()


def test_a_frozen_server_is_away_for_who_asks_and_for_who_connects(address, frozen, monkeypatch):
    connection = psycopg2.connect(**address)
    frozen()

    with pytest.raises(psycopg2.OperationalError, match="does not answer"):
        connection.cursor().execute("SELECT 1")
    with pytest.raises(psycopg2.OperationalError, match="did not answer a moment ago"):
        psycopg2.connect(**address)
    monkeypatch.setattr(limits._Silence, "until", 0.0)
    with pytest.raises(psycopg2.OperationalError, match="does not answer"):
        psycopg2.connect(**address)
    assert connection.closed


def test_a_server_that_is_back_is_asked_again(address, frozen, cluster, monkeypatch):
    frozen()
    with pytest.raises(psycopg2.OperationalError, match="does not answer"):
        psycopg2.connect(**address)
    for pid in postgres_in(os.path.realpath(cluster.directory)):
        os.kill(pid, signal.SIGCONT)
    monkeypatch.setattr(limits._Silence, "until", 0.0)

    with closing(psycopg2.connect(**address)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 7")
        assert cursor.fetchone() == (7,)


def test_a_server_that_is_not_there_answers_nobody(address, monkeypatch):
    site = limits.connections["default"]
    monkeypatch.setattr(site, "get_connection_params", lambda: {**address, "host": "/nowhere"})

    assert not limits.is_answering()
