"""The embedded PostgreSQL: shared by many processes, and alive again after whatever was killed."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from operations.embedded_postgres import cluster as cluster_module
from operations.embedded_postgres import processes
from operations.embedded_postgres.cluster import Cluster, ClusterError, MisplacedClusterError
from tests.tools.clusters import NOBODY, kill_server, sql, titles, wait_until

pytestmark = pytest.mark.servers

PROJECT = Path(__file__).parents[2]
START = """
import sys
from pathlib import Path
from operations.embedded_postgres.cluster import Cluster
cluster = Cluster(Path(sys.argv[1]))
cluster.ensure_running("notes")
assert "embedded_postgres" not in sys.modules
"""
DURABILITY = "SELECT current_setting('fsync'), current_setting('synchronous_commit')"
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root starts servers as somebody else")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's /proc and prctl")


@pytest.fixture
def foreigner():
    """A process that is no PostgreSQL but runs as the user the server runs as."""
    owner = {"user": processes.server_account().pw_uid} if os.geteuid() == 0 else {}
    with subprocess.Popen(["sleep", "60"], **owner) as process:
        yield process
        process.kill()


def starter(cluster, code=START, **options):
    """Another Python process, which calls ensure_running()."""
    command = [sys.executable, "-W", "error", "-c", code, str(cluster.directory)]
    return subprocess.Popen(command, cwd=PROJECT, text=True, stdout=subprocess.PIPE, **options)


def names_beside(cluster):
    return sorted(path.name for path in cluster.directory.parent.iterdir())


def test_cluster_is_made_alike_in_any_environment(new_cluster, monkeypatch):
    for name, value in {"LC_ALL": "C", "TZ": "Asia/Tokyo", "PGPORT": "7777"}.items():
        monkeypatch.setenv(name, value)

    new_cluster.ensure_running("notes")

    assert new_cluster.directory.stat().st_mode & 0o777 == 0o700
    assert sql(
        new_cluster,
        """SELECT pg_encoding_to_char(encoding), datlocprovider, datlocale, datcollate, datctype,
                  current_setting('timezone'), current_setting('listen_addresses'), upper('é')
           FROM pg_database WHERE datname = current_database()""",
    ) == [("UTF8", "b", "C.UTF-8", "C", "C.UTF-8", "UTC", "", "É")]


@pytest.mark.parametrize(("fast", "fsync"), [("", "on"), ("0", "on"), ("1", "off"), ("yes", "off")])
def test_fsync_is_skipped_only_where_asked(cluster, monkeypatch, fast, fsync):
    monkeypatch.setenv("EMBEDDED_PG_FAST", fast)
    cluster.stop()

    cluster.ensure_running()

    assert sql(cluster, DURABILITY) == [(fsync, "on")]


def test_a_wrong_word_for_fast_stops_the_start_by_name(cluster, monkeypatch):
    monkeypatch.setenv("EMBEDDED_PG_FAST", "2")
    cluster.stop()

    with pytest.raises(SystemExit, match=r"^EMBEDDED_PG_FAST='2' cannot be used"):
        cluster.ensure_running()


def test_fsync_is_skipped_for_a_test_cluster_by_its_name(new_cluster, monkeypatch):
    monkeypatch.delenv("EMBEDDED_PG_FAST")
    cluster = Cluster(new_cluster.directory.with_name("test-postgres"))

    cluster.ensure_running("notes")
    durability = sql(cluster, DURABILITY)
    cluster.stop()

    assert durability == [("off", "on")]


def test_six_starters_at_once_share_one_server(new_cluster):
    starters = [starter(new_cluster) for _ in range(6)]

    assert [process.communicate() and process.returncode for process in starters] == [0] * 6
    assert names_beside(new_cluster) == ["data", "data.lock"]
    assert new_cluster.log.read_text().count("starting PostgreSQL") == 1
    assert not new_cluster.log.with_suffix(".log.old").exists()


def test_six_starters_recover_from_one_killed_in_the_middle_of_initdb(new_cluster):
    with starter(new_cluster) as first:
        wait_until(lambda: list(new_cluster.directory.parent.glob("data.new-*/base")))
        first.kill()
    assert not new_cluster.directory.exists()

    starters = [starter(new_cluster) for _ in range(6)]

    assert [process.communicate() and process.returncode for process in starters] == [0] * 6
    assert names_beside(new_cluster) == ["data", "data.lock"]
    assert sql(new_cluster, "SELECT 1") == [(1,)]


def test_running_server_is_left_alone(cluster):
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
    assert [cluster.stop(), cluster.stop()] == [True, False]
    assert cluster.postmaster() is None

    cluster.ensure_running("notes")

    assert titles(cluster) == [("kept",)]


def test_killed_server_comes_back_with_every_row(cluster, monkeypatch):
    monkeypatch.delenv("EMBEDDED_PG_FAST")

    kill_server(cluster)
    cluster.ensure_running("notes")

    assert titles(cluster) == [("kept",)]


@on_linux
def test_killed_server_with_a_busy_connection_comes_back_with_every_row(cluster):
    loop = "DO $$ BEGIN LOOP END LOOP; END $$"
    address = ["-X", "-h", cluster.directory, "-U", "postgres", "notes"]
    psql = [cluster.binaries / "psql", *address, "-c", loop]
    with subprocess.Popen(psql, stderr=subprocess.DEVNULL):
        busy = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'DO %'"
        wait_until(lambda: sql(cluster, busy))

        kill_server(cluster)
        cluster.ensure_running("notes")

    assert titles(cluster) == [("kept",)]


def test_recorded_pid_of_a_foreign_process_is_no_server(cluster, foreigner):
    kill_server(cluster)
    for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        recorded = (cluster.directory / name).read_text().partition("\n")
        (cluster.directory / name).write_text(f"{foreigner.pid}\n{recorded[2]}")

    cluster.ensure_running("notes")

    assert titles(cluster) == [("kept",)]
    assert foreigner.poll() is None


@pytest.mark.parametrize("content", ["", "nonsense\n"], ids=["empty", "no number"])
def test_unreadable_pid_file_is_no_server(cluster, content):
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
    cluster.stop()
    with starter(cluster, code, stdin=subprocess.PIPE) as parent:
        zombie = Path("/proc", parent.stdout.readline().strip(), "stat")
        wait_until(lambda: zombie.read_text().split()[2] == "Z")

        cluster.ensure_running("notes")

        assert sql(cluster, "SELECT 1") == [(1,)]
        assert zombie.read_text().split()[2] == "Z"


@on_linux
def test_deleted_directory_is_made_anew_and_its_server_ended(new_cluster):
    new_cluster.ensure_running("notes")
    pid = new_cluster.postmaster()
    shutil.rmtree(new_cluster.directory)

    new_cluster.ensure_running("notes")

    assert processes.postgres_in(f"{new_cluster.directory} (deleted)") == []
    assert new_cluster.postmaster() != pid
    assert sql(new_cluster, "SELECT 1") == [(1,)]


@pytest.mark.skipif(shutil.which("ps") is None, reason="systems without /proc have ps")
def test_killed_server_comes_back_without_proc(cluster, monkeypatch, tmp_path):
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
    message = r"^EMBEDDED_PG_DIR must be an absolute path .*\.$"
    with pytest.raises(MisplacedClusterError, match=message):
        Cluster(Path(path)).ensure_running()

    assert not Path(path).exists()


def test_longest_path_works(new_cluster):
    folder = new_cluster.directory.parent
    longest = Cluster(folder / ("x" * (93 - len(f"{folder}/"))))

    longest.ensure_running("notes")
    rows = sql(longest, "SELECT 1")
    longest.stop()

    assert rows == [(1,)]


def test_directory_of_another_user_is_refused():
    try:
        os.seteuid(NOBODY if os.geteuid() == 0 else os.geteuid())
        with pytest.raises(MisplacedClusterError, match=r"^/usr belongs to another OS user"):
            Cluster(Path("/usr")).ensure_running()
    finally:
        os.seteuid(os.getuid())


def test_directory_with_something_else_in_it_is_left_alone(new_cluster):
    new_cluster.directory.mkdir()
    (new_cluster.directory / "thesis.txt").write_text("mine")

    with pytest.raises(MisplacedClusterError, match="holds something else"):
        new_cluster.ensure_running()

    assert [path.name for path in new_cluster.directory.iterdir()] == ["thesis.txt"]


@as_root
def test_directory_the_server_cannot_reach_is_named(new_cluster):
    closed = new_cluster.directory.parent / "closed"
    closed.mkdir(mode=0o700)

    with pytest.raises(MisplacedClusterError, match=rf"may not enter {closed}: chmod o\+x it"):
        Cluster(closed / "data").ensure_running()


@as_root
def test_root_runs_the_server_as_the_owner_of_its_directory(new_cluster):
    new_cluster.directory.mkdir()
    os.chown(new_cluster.directory, NOBODY, NOBODY)

    new_cluster.ensure_running("notes")

    assert Path("/proc", str(new_cluster.postmaster())).stat().st_uid == NOBODY


@as_root
def test_missing_account_that_cannot_be_made_is_said(new_cluster, monkeypatch):
    monkeypatch.setattr(processes, "SERVER_ACCOUNT", "not:a:name")

    with pytest.raises(ClusterError, match="OS user not:a:name could not be made"):
        new_cluster.ensure_running()


def test_server_that_never_answers_is_named_and_left_alone(cluster, monkeypatch):
    monkeypatch.setattr(cluster_module, "START_SECONDS", 0)
    pid = cluster.postmaster()
    os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(ClusterError, match=rf"^PostgreSQL \(pid {pid}\) has taken no conn"):
            cluster.ensure_running()
    finally:
        os.kill(pid, signal.SIGCONT)

    assert cluster.postmaster() == pid


def test_missing_package_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "embedded_postgres", None)

    with pytest.raises(ClusterError, match=r"^Package embedded-postgres is missing"):
        Cluster(Path("/tmp/pg"))


def test_failed_start_gives_the_server_s_reason(broken_cluster):
    reason = (
        r"^PostgreSQL did not start: postgres: could not access .*\(/tmp/.*/data/server\.log\)$"
    )
    with pytest.raises(ClusterError, match=reason):
        broken_cluster.ensure_running()
