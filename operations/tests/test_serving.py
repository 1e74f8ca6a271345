"""The site is not served where it cannot be: one sentence for each reason, and exit status 3."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from operations.serving import reasons_not_to_serve

pytestmark = pytest.mark.servers

MANIFEST_STORAGE = "notes_site.static_files.ModuleStaticFilesStorage"
KEY = "k" * 60


def run(*command, **variables):
    """Run Python in the repository with this environment and nothing else of the tests'."""
    kept = {"PATH": os.environ["PATH"]}
    for name in ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START"):
        if name in os.environ:
            kept[name] = os.environ[name]
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={**kept, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def gunicorn(**variables):
    command = ["-m", "gunicorn", "-c", "python:notes_site.gunicorn_config", "notes_site.wsgi"]
    return run(*command, PORT=str(free_port()), **variables)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


WRONG = {
    "flag": {"DEBUG": "maybe"},
    "debug-in-public": {"DEBUG": "1", "SITE_URL": "https://notes.example"},
    "no-key": {"DATABASE_URL": "postgres://u:p4ss@127.0.0.1/n"},
    "short-key": {"SECRET_KEY": "short"},
    "database": {"DATABASE_URL": "mysql://u:p4ss@h/n", "SECRET_KEY": KEY},
    "port": {"WORKERS": "none"},
}


@pytest.mark.parametrize("variables", WRONG.values(), ids=WRONG)
def test_what_stops_manage_stops_gunicorn_once_with_the_same_sentence(variables):
    # What gunicorn alone reads (WORKERS) does not stop a command.
    asked = run("manage.py", "check", **variables) if "WORKERS" not in variables else None

    started = gunicorn(**variables)

    [sentence] = [line for line in started.stderr.splitlines() if "Starting gunicorn" not in line]
    assert started.returncode == 3
    assert sentence.split("=")[0] in {*variables, "SECRET_KEY"}
    assert "p4ss" not in sentence
    if asked:
        assert (asked.returncode, asked.stderr) == (3, f"{sentence}\n")


def test_a_worker_that_cannot_load_the_site_ends_gunicorn_too():
    """Also where it is started without its configuration, which checks beforehand."""
    bind = f"127.0.0.1:{free_port()}"
    started = run("-m", "gunicorn", "-b", bind, "notes_site.wsgi", SECRET_KEY="short")

    assert started.returncode == 3
    assert started.stderr.count("SECRET_KEY='…' cannot be used") == 1


def test_a_database_that_is_away_is_one_sentence_for_every_command(tmp_path):
    away = f"postgres://u:p4ss@127.0.0.1:{free_port()}/n"
    variables = {"DATABASE_URL": away, "SECRET_KEY": KEY, "VAR_DIR": str(tmp_path), "DEBUG": "1"}

    for command in (["migrate"], ["check_kept"], ["serve"], ["check", "--database", "default"]):
        asked = run("manage.py", *command, **variables)

        assert asked.returncode == 3
        assert asked.stderr.startswith("The database cannot be used: connection to server at")
        assert asked.stderr.count("\n") == 1
        assert "p4ss" not in asked.stderr


@pytest.mark.django_db
def test_a_site_that_is_set_up_may_be_served():
    assert reasons_not_to_serve() == []


@pytest.mark.django_db
def test_a_check_that_is_silenced_forbids_nothing(settings):
    settings.MIDDLEWARE = []
    wanted = ["admin.E408", "admin.E409", "admin.E410"]
    assert len(reasons_not_to_serve()) == len(wanted)

    settings.SILENCED_SYSTEM_CHECKS = wanted

    assert reasons_not_to_serve() == []


@pytest.mark.django_db
def test_each_thing_that_is_missing_has_its_sentence(settings, tmp_path, capsys):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": MANIFEST_STORAGE}}
    settings.STATIC_ROOT = tmp_path / "static"
    settings.MEDIA_ROOT = Path("/dev/null/media")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'talks' AND name LIKE '0003%'")

    with pytest.raises(SystemExit) as ended:
        call_command("check_serving")

    assert ended.value.code == 3
    media, static, migrations = sorted(capsys.readouterr().err.splitlines())
    assert media.startswith("MEDIA_ROOT /dev/null/media cannot be written")
    assert static == (
        f"No static files were collected in STATIC_ROOT {tmp_path}/static. "
        "Run manage.py collectstatic."
    )
    assert migrations == (
        "The database lacks 1 migrations of this code, talks.0003_day_that_is_given first. "
        "Run manage.py migrate."
    )


def test_a_database_that_is_away_is_logged_and_the_site_is_served(tmp_path):
    away = f"postgres://u:p4ss@127.0.0.1:{free_port()}/n"
    variables = {"DATABASE_URL": away, "SECRET_KEY": KEY, "VAR_DIR": str(tmp_path), "DEBUG": "1"}

    checked = run("manage.py", "check_serving", **variables)

    assert checked.returncode == 0
    assert checked.stderr.count("\n") == 1
    assert "The database is away, pages say so until it is back: " in checked.stderr
    assert "p4ss" not in checked.stderr


def a_file(root):
    root.write_text("")


def a_list_that_is_no_json(root):
    root.mkdir()
    (root / "staticfiles.json").write_text('{"version": "1.1", "paths": {"a')


def a_folder_for_a_list(root):
    (root / "staticfiles.json").mkdir(parents=True)


UNREADABLE = [a_file, a_list_that_is_no_json, a_folder_for_a_list]


@pytest.mark.parametrize("unreadable", UNREADABLE, ids=lambda make: make.__name__)
def test_static_files_that_cannot_be_read_are_one_sentence(tmp_path, unreadable):
    root = tmp_path / "static"
    unreadable(root)
    away = f"postgres://u:p4ss@127.0.0.1:{free_port()}/n"
    variables = {"DATABASE_URL": away, "SECRET_KEY": KEY, "VAR_DIR": str(tmp_path)}

    checked = run("manage.py", "check_serving", STATIC_ROOT=str(root), **variables)

    assert checked.returncode == 3
    [sentence] = [line for line in checked.stderr.splitlines() if "database is away" not in line]
    assert sentence.startswith(f"The static files in STATIC_ROOT {root} cannot be read (")


def test_check_names_static_files_that_are_missing(tmp_path):
    asked = run("manage.py", "check", STATIC_ROOT=str(tmp_path / "none"), VAR_DIR=str(tmp_path))

    assert "(notes_site.W005) No static files were collected" in asked.stderr
