"""Heavy work takes turns over all processes: uploads, previews, searches; tries are counted."""

import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from accounts.factories import UserFactory
from images.models import Image
from notes_site.checks import check_turns
from operations import tries, turns
from operations.tries import Limit
from operations.turns import (
    PREVIEW,
    SEARCH,
    UPLOAD,
    NoTurnError,
    Work,
    turn_of_address,
    turn_of_person,
)
from tests.tools.drawing import an_upload, sent

JSON = {"Accept": "application/json"}
UPLOADS = "/admin/images/image/upload/"
PREVIEWS = "/admin/recaps/recap/preview/"
HERE = "127.0.0.1"
# Another process, which says when it has its turn and then works until it is killed.
_OTHER = """
import sys, time, django
from django.conf import settings
settings.configure(TURNS_DIR=sys.argv[1], THREADS=4, USE_I18N=False)
from operations import turns
with getattr(turns, sys.argv[2])(getattr(turns, sys.argv[3]), eval(sys.argv[4])):
    print("in", flush=True)
    time.sleep(600)
"""


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch, settings, tmp_path):
    """Whoever has no turn at once is told so; and the media go nowhere."""
    monkeypatch.setattr(turns, "LONGEST_WAIT", 0)
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def taker(client):
    person = UserFactory(staff=True, role="Note-takers")
    client.force_login(person)
    return person


@pytest.fixture
def elsewhere(settings):
    """Have another process do heavy work; it is killed at the end."""
    running = []

    def work(turn, kind, who):
        command = [sys.executable, "-c", _OTHER, str(settings.TURNS_DIR), turn, kind, repr(who)]
        root = Path(__file__).parents[2]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root))
        assert running[-1].stdout.readline() == "in\n"
        return running[-1]

    yield work
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()


def _upload(client):
    return client.post(UPLOADS, {"image": an_upload()}, headers=JSON)


def _preview(client):
    return client.post(PREVIEWS, {"body": "# Text"}, headers=JSON)


def _may_come_again(response):
    """Return whether the answer says when to retry, within a few random seconds."""
    return int(response.headers["Retry-After"]) in turns.RETRY_AFTER


def _is_refused(turn, work, who):
    try:
        with turn(work, who):
            return 0
    except NoTurnError as error:
        return error.status


# One at a time for a person


@pytest.mark.django_db
@pytest.mark.parametrize("send", [_upload, _preview])
@pytest.mark.parametrize("kind", ["UPLOAD", "PREVIEW"])
def test_a_person_does_one_heavy_thing_at_a_time_in_all_processes(
    client, taker, elsewhere, kind, send
):
    elsewhere("turn_of_person", kind, taker.pk)

    response = send(client)

    assert response.status_code == 429
    assert _may_come_again(response)
    assert list(response.json()) == ["error"]
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
@pytest.mark.parametrize("send", [_upload, _preview])
def test_a_killed_process_gives_its_turn_back(client, taker, elsewhere, send):
    other = elsewhere("turn_of_person", "UPLOAD", taker.pk)
    refused = send(client).status_code
    other.send_signal(signal.SIGKILL)
    other.wait()

    assert (refused, send(client).status_code) in [(429, 201), (429, 200)]


@pytest.mark.django_db
def test_other_people_are_not_kept_waiting(client, elsewhere, monkeypatch):
    monkeypatch.setattr(turns, "UPLOAD", Work("upload", turns.Place("making", 2)))
    monkeypatch.setattr("images.uploads.UPLOAD", turns.UPLOAD)
    busy, other = UserFactory.create_batch(2, staff=True, role="Note-takers")
    elsewhere("turn_of_person", "UPLOAD", busy.pk)
    client.force_login(other)

    assert _upload(client).status_code == 201


def test_a_third_of_a_person_is_refused_though_it_would_wait(monkeypatch):
    monkeypatch.setattr(turns, "LONGEST_WAIT", 600)
    with contextlib.ExitStack() as held:
        for _ in range(2):
            held.enter_context(turns._waiting(turns._file("person-7"), UPLOAD))

        assert _is_refused(turn_of_person, UPLOAD, 7) == 429


def test_who_waits_has_the_turn_when_it_is_given_back(elsewhere, monkeypatch):
    monkeypatch.setattr(turns, "LONGEST_WAIT", 600)
    other = elsewhere("turn_of_person", "UPLOAD", 7)
    monkeypatch.setattr(time, "sleep", lambda _seconds: other.kill())

    assert _is_refused(turn_of_person, UPLOAD, 7) == 0


# So many for the site, and for a process


@pytest.mark.django_db
def test_the_site_works_for_so_many_at_once(client, taker, elsewhere):
    for number in range(UPLOAD.place.at_once):
        elsewhere("turn_of_person", "UPLOAD", -1 - number)

    answers = [_upload(client), _preview(client)]
    found = client.get("/search/?q=django").status_code

    assert [answer.status_code for answer in answers] == [503, 503]
    assert all(_may_come_again(answer) for answer in answers)
    assert found == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/search/?q=django", "/search/feed.atom?q=django", "/search/suggestions/?q=django"]
)
def test_searches_of_the_site_are_bounded(client, elsewhere, address):
    for number in range(SEARCH.place.at_once):
        elsewhere("turn_of_address", "SEARCH", f"192.0.2.{number}")

    response = client.get(address)

    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert client.get("/about/").status_code == 200


def test_one_address_leaves_a_place_to_others(elsewhere):
    for _ in range(SEARCH.place.at_once - 1):
        elsewhere("turn_of_address", "SEARCH", HERE)

    assert _is_refused(turn_of_address, SEARCH, HERE) == 503
    assert _is_refused(turn_of_address, SEARCH, "192.0.2.1") == 0


@pytest.mark.parametrize(
    ("threads", "most", "of_all"), [(1, 1, 1), (2, 1, 1), (4, 2, 3), (9, 4, 8)]
)
def test_threads_of_a_process_are_left_for_readers(settings, threads, most, of_all):
    settings.THREADS = threads

    def entered(*works):
        with contextlib.ExitStack() as held:
            for number, work in enumerate(works):
                try:
                    held.enter_context(turns._door(work))
                except NoTurnError:
                    return number
        return len(works)

    assert entered(*[PREVIEW] * 20) == most
    assert entered(*[PREVIEW, SEARCH] * 20) == of_all
    assert entered(PREVIEW) == 1  # all have left


@pytest.fixture
def full_door():
    """Have the threads of this process do as much heavy work as they may."""
    with turns._door(UPLOAD), turns._door(PREVIEW):
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("send", [_upload, _preview])
def test_a_process_without_room_reads_nothing_of_what_scripts_send(
    client, taker, full_door, django_assert_num_queries, monkeypatch, send
):
    def read(*_args):
        raise AssertionError("The form was read.")

    monkeypatch.setattr("django.http.request.HttpRequest._load_post_and_files", read)
    with django_assert_num_queries(0):
        response = send(client)

    assert response.status_code == 503
    assert _may_come_again(response)
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_a_process_without_room_gives_back_what_people_send_by_hand(client, taker, full_door):
    data = {"image": an_upload(), "alt": "A <slide> of mine"}
    response = client.post("/admin/images/image/add/", data)

    assert response.status_code == 503
    assert "A &lt;slide&gt; of mine" in response.content.decode()


def test_those_who_were_refused_together_do_not_come_back_together():
    waits = {NoTurnError("", work=UPLOAD, status=503).retry_after for _ in range(200)}

    assert waits == set(turns.RETRY_AFTER)


# Tries


def _of(work, *limits):
    return Work(work.name, work.place, limits)


@pytest.mark.servers
@pytest.mark.django_db
@pytest.mark.parametrize(
    "upload",
    [
        pytest.param(an_upload, id="the-same-picture"),
        pytest.param(lambda: sent(b"<svg/>"), id="no-picture"),
        pytest.param(lambda: sent(b"x" * 15_000_001), id="too-large"),
    ],
)
def test_tries_of_uploads_are_counted_whatever_comes_of_them(client, taker, monkeypatch, upload):
    monkeypatch.setattr("images.uploads.UPLOAD", _of(UPLOAD, Limit(3, 86_400)))

    answers = [client.post(UPLOADS, {"image": upload()}, headers=JSON) for _ in range(5)]

    statuses = [answer.status_code for answer in answers]
    assert 429 not in statuses[:3]
    assert statuses[3:] == [429, 429]
    assert 80_000 < int(answers[-1].headers["Retry-After"]) <= 86_400
    assert Image.objects.count() <= 1


@pytest.mark.django_db
def test_previews_are_counted_and_apart_from_uploads(client, taker, monkeypatch):
    monkeypatch.setattr("recaps.admin.editor.PREVIEW", _of(PREVIEW, Limit(2, 60)))

    assert [_preview(client).status_code for _ in range(3)] == [200, 200, 429]
    assert _upload(client).status_code == 201
    client.force_login(UserFactory(staff=True, role="Note-takers"))
    assert _preview(client).status_code == 200


def test_tries_are_forgotten_when_their_time_is_over(monkeypatch):
    work = _of(UPLOAD, Limit(2, 60), Limit(3, 3_600))
    now = [1_000_000.0]
    monkeypatch.setattr(tries.time, "time", lambda: now[0])

    def tried(after):
        now[0] += after
        return _is_refused(turn_of_person, work, 7)

    # The third within a minute is none; the fourth within an hour is none; an hour later all are.
    answers = [tried(0), tried(1), tried(1), tried(60), tried(60), tried(3_600)]
    assert answers == [0, 0, 429, 0, 429, 0]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"upload": 3}', '{"upload": ["x"]}', "\0" * 9])
def test_a_record_that_cannot_be_read_begins_anew(settings, content):
    path = Path(settings.TURNS_DIR) / "person-7"
    path.parent.mkdir(parents=True)
    path.write_text(content)

    assert _is_refused(turn_of_person, UPLOAD, 7) == 0


def test_moments_of_a_clock_that_was_wrong_keep_nobody_out(monkeypatch):
    work = _of(UPLOAD, Limit(1, 60))
    now = [4_000_000_000.0]
    monkeypatch.setattr(tries.time, "time", lambda: now[0])
    first = _is_refused(turn_of_person, work, 7)
    now[0] = 1_000_000_000.0

    assert (first, _is_refused(turn_of_person, work, 7)) == (0, 0)


# What is answered


@pytest.mark.django_db
def test_a_form_comes_back_with_what_was_typed(client, taker, elsewhere):
    elsewhere("turn_of_person", "UPLOAD", taker.pk)

    data = {"image": an_upload(), "alt": "A <slide> of mine"}
    response = client.post("/admin/images/image/add/", data)

    page = response.content.decode()
    assert response.status_code == 429
    assert _may_come_again(response)
    assert "still busy with what you sent before" in page
    assert "A &lt;slide&gt; of mine" in page
    assert Image.objects.count() == 0


def test_a_disk_that_refuses_keeps_nobody_from_working(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.TURNS_DIR = tmp_path / "file" / "below"

    assert _is_refused(turn_of_person, UPLOAD, 7) == 0
    assert [each.id for each in check_turns()] == ["notes_site.W003"]
