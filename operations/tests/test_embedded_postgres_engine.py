"""Django's side of the embedded PostgreSQL: connecting is what starts and revives the server."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections
from django.db.backends.base.base import NO_DB_ALIAS

from operations.embedded_postgres.base import DatabaseWrapper
from operations.embedded_postgres.cluster import Cluster
from tests.tools.clusters import kill_server

pytestmark = pytest.mark.servers


@pytest.fixture
def connect(django_db_blocker):
    """Makes Django connections to a cluster; closes them."""
    made = []

    def connect(cluster, name="notes"):
        place = {"HOST": str(cluster.directory), "PORT": "5432", "NAME": name, "USER": "postgres"}
        ours = {**connections["default"].settings_dict, "PASSWORD": "", "OPTIONS": {}, **place}
        made.append(DatabaseWrapper(ours, alias=NO_DB_ALIAS))  # a site-wide receiver skips it
        return made[-1]

    with django_db_blocker.unblock():
        yield connect
        for connection in made:
            connection.close()


def test_server_that_cannot_start_is_an_operational_error(broken_cluster, connect):
    with pytest.raises(OperationalError, match=r"^PostgreSQL did not start: "):
        connect(broken_cluster).ensure_connection()


def test_first_query_makes_everything(new_cluster, connect):
    with connect(new_cluster).cursor() as cursor:
        cursor.execute("SELECT current_database()")

        assert cursor.fetchall() == [("notes",)]


def test_open_connection_recovers_after_one_error(cluster, connect):
    connection = connect(cluster)
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM talk")
    kill_server(cluster)

    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("SELECT title FROM talk")
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM talk")

        assert cursor.fetchall() == [("kept",)]


def test_missing_test_database_is_left_to_django(cluster, connect):
    with pytest.raises(OperationalError, match='database "test_notes" does not exist'):
        connect(cluster, "test_notes").ensure_connection()

    with connect(cluster, None).cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test%'")

        assert cursor.fetchall() == []


def test_dbshell_starts_the_server_and_uses_its_own_psql(cluster, connect, capfd):
    connect(cluster).client.runshell(["-At", "-c", "SELECT current_database()"])

    assert capfd.readouterr().out == "notes\n"


def test_misplaced_directory_is_a_configuration_error(connect):
    with pytest.raises(ImproperlyConfigured, match=r"^EMBEDDED_PG_DIR must be"):
        connect(Cluster(Path("/tmp/my talks"))).ensure_connection()
