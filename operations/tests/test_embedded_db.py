"""`manage.py embedded_db`: one clear line and an exit status that scripts can use."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from tests.tools.clusters import place_for_a_cluster


@pytest.fixture
def cluster(monkeypatch):
    """An embedded cluster, not made yet, that the site is configured to use."""
    monkeypatch.setenv("EMBEDDED_PG_FAST", "1")
    with place_for_a_cluster() as cluster:
        settings = connections["default"].settings_dict
        monkeypatch.setitem(settings, "ENGINE", "operations.embedded_postgres")
        monkeypatch.setitem(settings, "HOST", str(cluster.directory))
        monkeypatch.setitem(settings, "NAME", "notes")
        yield cluster


def test_start_status_and_stop_say_what_is(cluster, capsys):
    call_command("embedded_db", "start")
    pid = cluster.postmaster()
    call_command("embedded_db", "status")
    call_command("embedded_db", "stop")
    call_command("embedded_db", "stop")

    assert capsys.readouterr().out.splitlines() == [
        f"PostgreSQL in {cluster.directory} is running (pid {pid}).",
        f"PostgreSQL in {cluster.directory} is running (pid {pid}).",
        f"PostgreSQL in {cluster.directory} has stopped.",
        f"PostgreSQL in {cluster.directory} was not running.",
    ]


def test_status_of_no_server_exits_with_3_and_makes_none(cluster, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("embedded_db", "status")

    assert ended.value.code == 3
    assert capsys.readouterr().out == f"PostgreSQL in {cluster.directory} is not running.\n"
    assert not cluster.directory.exists()


def test_url_is_what_other_programs_connect_with(cluster, capsys):
    call_command("embedded_db", "url")

    folder = cluster.directory.parent.name
    address = f"postgresql://postgres@%2Ftmp%2F{folder}%2Fdata:5432/notes\n"
    assert capsys.readouterr().out == address


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("ENGINE", "django.db.backends.postgresql", "^The site uses the server that DATABASE_URL"),
        ("HOST", "/tmp/my talks", "^EMBEDDED_PG_DIR must be"),
    ],
    ids=["another server", "impossible path"],
)
def test_command_without_an_embedded_server_fails_in_one_line(
    cluster, monkeypatch, key, value, reason
):
    monkeypatch.setitem(connections["default"].settings_dict, key, value)

    with pytest.raises(CommandError, match=reason):
        call_command("embedded_db", "start")
