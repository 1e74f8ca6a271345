"""The embedded PostgreSQL: shared by many processes, and alive again after whatever was killed."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections
from django.db.backends.base.base import NO_DB_ALIAS

from notes_site.embedded_postgres import processes
from notes_site.embedded_postgres.base import DatabaseWrapper
from notes_site.embedded_postgres.cluster import Cluster, ClusterError, ClusterMisplaced

PROJECT = Path(__file__).parents[2]
NOBODY = 65534
START = """
import sys
from pathlib import Path
from notes_site.embedded_postgres.cluster import Cluster
cluster = Cluster(Path(sys.argv[1]))
cluster.ensure_running("notes")
assert "embedded_postgres" not in sys.modules
"""
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root starts servers as somebody else")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's /proc and prctl")


@pytest.fixture
def cluster(monkeypatch):
    """A cluster not made yet; the path is short, for its socket, and open to every OS user."""
    monkeypatch.setenv("EMBEDDED_PG_FAST", "1")
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    folder.chmod(0o755)
    cluster = Cluster(folder / "data")
    yield cluster
    cluster.stop()
    shutil.rmtree(folder)


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


def sql(cluster, statement):
    """Run a statement on a connection of its own, and commit."""
    address = {"host": str(cluster.directory), "port": 5432, "user": "postgres"}
    with closing(psycopg2.connect(dbname="notes", **address)) as connection:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None


def starter(cluster, code=START, **options):
    """Another Python process, which calls ensure_running()."""
    command = [sys.executable, "-W", "error", "-c", code, str(cluster.directory)]
    return subprocess.Popen(command, cwd=PROJECT, text=True, stdout=subprocess.PIPE, **options)


def kill_server(cluster):
    os.kill(cluster.postmaster(), signal.SIGKILL)
    wait_until(lambda: cluster.postmaster() is None)


def wait_until(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def with_a_row(cluster):
    """The cluster, running, with one committed row in it."""
    cluster.ensure_running("notes")
    sql(cluster, "CREATE TABLE talk AS SELECT 'kept' AS title")
    return cluster


def titles(cluster):
    return sql(cluster, "SELECT title FROM talk")


def test_cluster_is_made_alike_in_any_environment(cluster, monkeypatch):
    for name, value in {"LC_ALL": "C", "TZ": "Asia/Tokyo", "PGPORT": "7777"}.items():
        monkeypatch.setenv(name, value)

    cluster.ensure_running("notes")

    assert cluster.directory.stat().st_mode & 0o777 == 0o700
    assert sql(
        cluster,
        """SELECT pg_encoding_to_char(encoding), datlocprovider, datlocale, datcollate, datctype,
                  current_setting('timezone'), current_setting('listen_addresses'), upper('é')
           FROM pg_database WHERE datname = current_database()""",
    ) == [("UTF8", "b", "C.UTF-8", "C", "C.UTF-8", "UTC", "", "É")]


@pytest.mark.parametrize(
    ("fast", "name", "durability"),
    [("", "data", "on"), ("", "test-postgres", "off"), ("1", "data", "off")],
    ids=["real", "named for tests", "asked for"],
)
def test_only_clusters_to_throw_away_skip_fsync(cluster, monkeypatch, fast, name, durability):
    monkeypatch.setenv("EMBEDDED_PG_FAST", fast)
    named = Cluster(cluster.directory.with_name(name))

    named.ensure_running("notes")
    settings = sql(named, "SELECT current_setting('fsync'), current_setting('synchronous_commit')")
    named.stop()

    assert settings == [(durability, durability)]


def test_six_starters_at_once_share_one_server(cluster):
    starters = [starter(cluster) for _ in range(6)]

    assert [process.communicate() and process.returncode for process in starters] == [0] * 6
    assert sorted(path.name for path in cluster.directory.parent.iterdir()) == ["data", "data.lock"]
    assert cluster.log.read_text().count("starting PostgreSQL") == 1
    assert not cluster.log.with_suffix(".log.old").exists()


def test_six_starters_recover_from_one_killed_in_the_middle_of_initdb(cluster):
    with starter(cluster) as first:
        wait_until(lambda: list(cluster.directory.parent.glob("data.new-*/base")))
        first.kill()
    assert not cluster.directory.exists()

    starters = [starter(cluster) for _ in range(6)]

    assert [process.communicate() and process.returncode for process in starters] == [0] * 6
    assert sorted(path.name for path in cluster.directory.parent.iterdir()) == ["data", "data.lock"]
    assert sql(cluster, "SELECT 1") == [(1,)]


def test_running_server_is_left_alone(cluster):
    cluster.ensure_running("notes")
    pid = cluster.postmaster()

    cluster.ensure_running("notes")

    assert cluster.postmaster() == pid


def test_server_outlives_its_starter_and_control_c(cluster):
    code = START + "print('up', flush=True); sys.stdin.read()"
    with starter(cluster, code, stdin=subprocess.PIPE, start_new_session=True) as process:
        process.stdout.readline()
        pid = cluster.postmaster()

        os.killpg(process.pid, signal.SIGINT)

    assert process.returncode == -signal.SIGINT
    assert cluster.postmaster() == pid
    assert sql(cluster, "SELECT 1") == [(1,)]


def test_stop_and_start_keep_rows(cluster):
    with_a_row(cluster)

    assert [cluster.stop(), cluster.stop()] == [True, False]
    assert cluster.postmaster() is None

    cluster.ensure_running("notes")

    assert titles(cluster) == [("kept",)]


@on_linux
def test_killed_server_with_a_busy_connection_comes_back_with_every_row(cluster):
    with_a_row(cluster)
    loop = "DO $$ BEGIN LOOP END LOOP; END $$"
    address = ["-X", "-h", cluster.directory, "-U", "postgres", "notes"]
    psql = [cluster.binaries / "psql", *address, "-c", loop]
    with subprocess.Popen(psql, stderr=subprocess.DEVNULL) as busy:
        busy_ones = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'DO %'"
        wait_until(lambda: sql(cluster, busy_ones))

        kill_server(cluster)
        cluster.ensure_running("notes")

    assert busy.returncode != 0
    assert titles(cluster) == [("kept",)]


def test_recorded_pid_of_a_foreign_process_is_no_server(cluster):
    with_a_row(cluster)
    kill_server(cluster)
    owner = {"user": cluster.directory.stat().st_uid} if os.geteuid() == 0 else {}
    with subprocess.Popen(["sleep", "60"], **owner) as foreigner:
        for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
            lines = (cluster.directory / name).read_text().splitlines()
            (cluster.directory / name).write_text("\n".join([str(foreigner.pid), *lines[1:]]))

        cluster.ensure_running("notes")

        assert titles(cluster) == [("kept",)]
        assert foreigner.poll() is None
        foreigner.kill()


@pytest.mark.parametrize("content", ["", "nonsense\n"], ids=["empty", "no number"])
def test_unreadable_pid_file_is_no_server(cluster, content):
    with_a_row(cluster)
    kill_server(cluster)
    (cluster.directory / "postmaster.pid").write_text(content)

    cluster.ensure_running("notes")

    assert titles(cluster) == [("kept",)]


@on_linux
def test_zombie_server_is_replaced(cluster):
    # The starter adopts the server in place of PID 1, and never reaps it.
    adopt = "import ctypes, os, signal; ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)"
    kill = "pid = cluster.postmaster(); os.kill(pid, signal.SIGKILL); print(pid, flush=True)"
    code = "\n".join([adopt, START, kill, "sys.stdin.read()"])
    with starter(cluster, code, stdin=subprocess.PIPE) as parent:
        zombie = Path("/proc", parent.stdout.readline().strip(), "stat")
        wait_until(lambda: zombie.read_text().split()[2] == "Z")

        cluster.ensure_running("notes")

        assert sql(cluster, "SELECT 1") == [(1,)]
        assert zombie.read_text().split()[2] == "Z"


@on_linux
def test_deleted_directory_is_made_anew_and_its_server_ended(cluster):
    cluster.ensure_running("notes")
    pid = cluster.postmaster()
    shutil.rmtree(cluster.directory)

    cluster.ensure_running("notes")

    assert processes.postgres_in(f"{cluster.directory} (deleted)") == []
    assert cluster.postmaster() != pid
    assert sql(cluster, "SELECT 1") == [(1,)]


@pytest.mark.skipif(shutil.which("ps") is None, reason="systems without /proc have ps")
def test_killed_server_comes_back_without_proc(cluster, monkeypatch, tmp_path):
    with_a_row(cluster)
    pid = cluster.postmaster()
    kill_server(cluster)
    wait_until(lambda: processes.postgres_in(str(cluster.directory)) == [])
    monkeypatch.setattr(processes, "PROC", tmp_path)

    cluster.ensure_running("notes")

    assert titles(cluster) == [("kept",)]
    assert cluster.postmaster() not in (None, pid)


@pytest.mark.parametrize(
    "path",
    [f"/tmp/{'x' * 89}", f"/tmp/{'é' * 45}", "/tmp/my talks", "/tmp/a,b", "/tmp/$HOME", "var/pg"],
    ids=["94 bytes", "95 bytes in 50 letters", "space", "comma", "dollar", "relative"],
)
def test_impossible_paths_are_refused_by_name(path):
    with pytest.raises(ClusterMisplaced, match=r"^EMBEDDED_PG_DIR must be an absolute path .*\.$"):
        Cluster(Path(path)).ensure_running()

    assert not Path(path).exists()


def test_longest_path_works(cluster):
    folder = cluster.directory.parent
    longest = Cluster(folder / ("x" * (93 - len(f"{folder}/"))))

    longest.ensure_running("notes")
    rows = sql(longest, "SELECT 1")
    longest.stop()

    assert rows == [(1,)]


def test_directory_of_another_user_is_refused():
    try:
        os.seteuid(NOBODY if os.geteuid() == 0 else os.geteuid())
        with pytest.raises(ClusterMisplaced, match="^/usr belongs to another OS user"):
            Cluster(Path("/usr")).ensure_running()
    finally:
        os.seteuid(os.getuid())


def test_directory_with_something_else_in_it_is_left_alone(cluster):
    cluster.directory.mkdir()
    (cluster.directory / "thesis.txt").write_text("mine")

    with pytest.raises(ClusterMisplaced, match="holds something else"):
        cluster.ensure_running()

    assert [path.name for path in cluster.directory.iterdir()] == ["thesis.txt"]


@as_root
def test_directory_the_server_cannot_reach_is_named(cluster):
    closed = cluster.directory.parent / "closed"
    closed.mkdir(mode=0o700)

    with pytest.raises(ClusterMisplaced, match=rf"may not enter {closed}: chmod o\+x it"):
        Cluster(closed / "data").ensure_running()


@as_root
def test_root_runs_the_server_as_the_owner_of_its_directory(cluster):
    cluster.directory.mkdir()
    os.chown(cluster.directory, NOBODY, NOBODY)

    cluster.ensure_running("notes")

    assert Path("/proc", str(cluster.postmaster())).stat().st_uid == NOBODY


@as_root
def test_missing_account_that_cannot_be_made_is_said(cluster, monkeypatch):
    monkeypatch.setattr(processes, "SERVER_ACCOUNT", "not:a:name")

    with pytest.raises(ClusterError, match="OS user not:a:name could not be made"):
        cluster.ensure_running()


def test_failed_start_gives_the_server_s_reason(cluster):
    cluster.ensure_running()
    cluster.stop()
    (cluster.directory / "postgresql.conf").write_text("flux_capacitor = on\n")

    with pytest.raises(ClusterError, match="^PostgreSQL did not start: .*contains errors"):
        cluster.ensure_running()


def test_first_query_makes_everything(cluster, connect):
    with connect(cluster).cursor() as cursor:
        cursor.execute("SELECT current_database()")

        assert cursor.fetchall() == [("notes",)]


def test_open_connection_recovers_after_one_error(cluster, connect):
    connection = connect(cluster)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE talk AS SELECT 'kept' AS title")
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
        cursor.execute("SELECT datname FROM pg_database WHERE NOT datistemplate")

        assert cursor.fetchall() == [("postgres",)]


def test_dbshell_starts_the_server_and_uses_its_own_psql(cluster, connect, capfd):
    connect(cluster).client.runshell(["-At", "-c", "SELECT current_database()"])

    assert capfd.readouterr().out == "notes\n"


def test_misplaced_directory_is_a_configuration_error(connect):
    with pytest.raises(ImproperlyConfigured, match="^EMBEDDED_PG_DIR must be"):
        connect(Cluster(Path("/tmp/my talks"))).ensure_connection()


def test_server_that_cannot_start_is_an_operational_error(cluster, connect):
    cluster.ensure_running()
    cluster.stop()
    (cluster.directory / "PG_VERSION").write_text("9.6\n")

    with pytest.raises(OperationalError, match="^PostgreSQL did not start: "):
        connect(cluster).ensure_connection()
