"""Imports that run at once, are killed, or lose the server: whole events or nothing."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from conferences.models import Conference
from exchange.library.locking import wait_for_other_imports
from exchange.models import ImportedRecord
from exchange.tests.folders import import_pyvideo, video, write_event
from speakers.models import Speaker
from talks.models import Tag, Talk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.servers]

EVENTS, TALKS = 6, 30


@pytest.fixture
def folder(tmp_path):
    """A folder of events whose talks share their speakers and tags."""
    root = tmp_path / "events"
    for event in range(EVENTS):
        talks = {
            f"t{n}": video(
                title=f"Talk {n}",
                speakers=[f"Speaker {n}", f"Guest {n % 7}"],
                tags=[f"tag {n % 5}", f"tag {n}"],
                videos=[{"url": f"https://vimeo.com/{10_000 + event * 100 + n}"}],
            )
            for n in range(TALKS)
        }
        write_event(root, talks, name=f"con-{event}")
    return root


def in_threads(*functions):
    """Run the functions at once, each on a connection of its own; return what they raised."""
    raised = []

    def run(function):
        try:
            function()
        except Exception as error:  # noqa: BLE001 -- handed to the test
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(function,)) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def library():
    return {
        "conferences": Conference.objects.count(),
        "talks": Talk.objects.count(),
        "speakers": Speaker.objects.count(),
        "tags": Tag.objects.count(),
        "records": ImportedRecord.objects.count(),
    }


WHOLE = {
    "conferences": EVENTS,
    "talks": EVENTS * TALKS,
    "speakers": TALKS + 7,
    "tags": TALKS,
    "records": EVENTS * (TALKS + 1),
}


def test_the_same_import_twice_at_once_makes_everything_once(folder):
    raised = in_threads(lambda: import_pyvideo(folder), lambda: import_pyvideo(folder))

    assert (raised, library()) == ([], WHOLE)


def test_imports_of_different_events_at_once_share_speakers_and_tags(folder):
    names = [f"con-{n}" for n in range(EVENTS)]

    raised = in_threads(
        lambda: import_pyvideo(folder, only=names[::2]),
        lambda: import_pyvideo(folder, only=names[1::2]),
        lambda: import_pyvideo(folder, is_dry_run=True),
    )

    assert (raised, library()) == ([], WHOLE)


def test_an_import_waits_for_whoever_is_saving_and_keeps_what_they_saved(folder, tmp_path):
    import_pyvideo(folder, only=["con-0"])
    write_event(folder, {"t0": video(title="Theirs")}, name="con-0")
    talk = Talk.objects.get(title="Talk 0")
    is_locked = threading.Event()

    def save_slowly():
        with transaction.atomic():
            Talk.objects.filter(pk=talk.pk).update(title="Mine")
            is_locked.set()
            threading.Event().wait(0.3)

    def import_then():
        is_locked.wait()
        import_pyvideo(folder, only=["con-0"])

    raised = in_threads(save_slowly, import_then)

    talk.refresh_from_db()
    assert (raised, talk.title) == ([], "Mine")
    assert talk.imported_records.get().kept == {"title": "Theirs"}


class ServerLosingOutput(io.StringIO):
    """Takes a command's output; at its second line the server drops the connection."""

    def write(self, text):
        if self.getvalue().count("\n") == 1:
            other = connection.copy()
            with other.cursor() as cursor:
                pid = connection.connection.info.backend_pid
                cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
            other.close()
        return super().write(text)


def test_a_server_that_goes_away_ends_the_import_with_one_line(folder):
    with pytest.raises(CommandError, match=r"^The database failed; events that were imported"):
        call_command("import_pyvideo", str(folder), stdout=ServerLosingOutput())

    with contextlib.suppress(DatabaseError):
        connection.close()
    assert library()["talks"] == 2 * TALKS
    assert import_pyvideo(folder).counts.new == 4 * TALKS
    assert library() == WHOLE


@pytest.mark.servers
@pytest.mark.parametrize("events_before", [0, 1, 3])
def test_a_killed_import_leaves_whole_events_and_can_be_run_again(folder, events_before):
    process = _started_import(folder)
    for _ in range(events_before):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()

    _wait_until_nobody_imports()
    counts = [conference.talks.count() for conference in Conference.objects.all()]
    assert set(counts) <= {TALKS}
    assert len(counts) >= events_before

    import_pyvideo(folder)

    assert library() == WHOLE


def _started_import(folder):
    settings = connection.settings_dict
    host, password = (quote(str(settings[key]), safe="") for key in ("HOST", "PASSWORD"))
    server = f"{settings['USER']}:{password}@{host}:{settings['PORT']}"
    address = f"postgresql://{server}/{settings['NAME']}"
    return subprocess.Popen(
        [sys.executable, "-u", "manage.py", "import_pyvideo", "--skip-checks", str(folder)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DATABASE_URL": address, "SECRET_KEY": "k" * 60},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _wait_until_nobody_imports():
    """The server notices a moment later that its client was killed."""
    with transaction.atomic():
        wait_for_other_imports()
