"""Pictures that another process makes: the same ones, and a clear answer where it is killed."""

import io
import os
import sys

import pytest
from django.core.exceptions import ValidationError

from accounts.factories import UserFactory
from images import picture_process
from images.models import Image
from images.picture_process import NotMadeError, picture_from_process
from images.pictures import picture_of
from operations.tries import Limit
from operations.turns import RETRY_AFTER, UPLOAD, Work
from tests.tools.drawing import an_upload, drawn, encoded, png_of_size

UPLOADS = "/admin/images/image/upload/"
JSON = {"Accept": "application/json"}
KILLED = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
ENDED = "raise MemoryError"
NEVER_DONE = "import sys, time; sys.stdin.buffer.read(); time.sleep(600)"


@pytest.fixture
def instead(monkeypatch):
    """Have the process run a script of Python's instead."""

    def run(script):
        monkeypatch.setattr(picture_process, "_COMMAND", [sys.executable, "-c", script])

    return run


@pytest.fixture
def taker(client, media):
    person = UserFactory(staff=True, role="Note-takers")
    client.force_login(person)
    return person


def test_the_picture_is_the_same():
    content = encoded(drawn())

    assert picture_from_process(content) == picture_of(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"<svg/>", "no_image"), (b"", "no_image"), (png_of_size(9_000, 9_000), "too_many_pixels")],
)
def test_a_refusal_is_the_same(content, code):
    said = []
    for make in (picture_from_process, lambda data: picture_of(io.BytesIO(data))):
        with pytest.raises(ValidationError) as caught:
            make(content)
        said.append((caught.value.code, caught.value.messages))

    assert said[0] == said[1]
    assert said[0][0] == code


@pytest.mark.parametrize("script", [KILLED, ENDED, "import sys; sys.exit(3)"])
def test_a_process_that_ends_before_its_time_made_nothing(instead, script):
    instead(script)

    with pytest.raises(NotMadeError):
        picture_from_process(encoded(drawn()))


def test_a_process_that_takes_too_long_is_killed(instead, monkeypatch):
    instead(NEVER_DONE)
    monkeypatch.setattr(picture_process, "LONGEST", 0)

    with pytest.raises(NotMadeError):
        picture_from_process(b"x")


def test_a_program_that_is_not_there_made_nothing(monkeypatch):
    monkeypatch.setattr(picture_process, "_COMMAND", ["/nowhere/python"])

    with pytest.raises(NotMadeError):
        picture_from_process(b"x")


def test_its_priority_is_low_and_its_time_has_an_end_without_whoever_started_it(instead, tmp_path):
    seen = tmp_path / "seen"
    instead(f"""
import os, signal
from pathlib import Path
from images import picture_process
def look(file):
    Path({str(seen)!r}).write_text(f"{{os.nice(0)}} {{signal.alarm(0)}}")
    raise picture_process.refusal("no_image")
picture_process.picture_of = look
picture_process.main()
""")
    with pytest.raises(ValidationError):
        picture_from_process(b"x")

    niceness, seconds = map(int, seen.read_text().split())
    assert niceness == min(os.nice(0) + 10, 19)
    assert 0 < seconds <= picture_process.LONGEST


def test_it_is_told_no_secret(instead, tmp_path, monkeypatch):
    seen = tmp_path / "seen"
    monkeypatch.setenv("SECRET_KEY", "k" * 60)
    monkeypatch.setenv("DATABASE_URL", "postgres://notes:secret@127.0.0.1/notes")
    instead(f"""
import os
open({str(seen)!r}, "w").write(" ".join(os.environ))
print('{{"refused": "no_image"}}')
""")
    with pytest.raises(ValidationError):
        picture_from_process(b"x")

    assert "PATH" in seen.read_text()
    assert not {"SECRET_KEY", "DATABASE_URL"} & set(seen.read_text().split())


@pytest.mark.django_db
def test_a_killed_process_is_answered_503_and_the_next_upload_succeeds(
    client, taker, instead, monkeypatch
):
    command = picture_process._COMMAND
    instead(KILLED)
    refused = client.post(UPLOADS, {"image": an_upload()}, headers=JSON)
    monkeypatch.setattr(picture_process, "_COMMAND", command)

    assert (refused.status_code, int(refused.headers["Retry-After"]) in RETRY_AFTER) == (503, True)
    assert "could not be read just now" in refused.json()["error"]
    assert client.post(UPLOADS, {"image": an_upload()}, headers=JSON).status_code == 201


@pytest.mark.django_db
def test_a_killed_process_loses_nothing_that_was_typed(client, taker, instead):
    instead(KILLED)

    data = {"image": an_upload(), "alt": "A <slide> of mine"}
    response = client.post("/admin/images/image/add/", data)

    page = response.content.decode()
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) in RETRY_AFTER
    assert "could not be read just now" in page
    assert "A &lt;slide&gt; of mine" in page
    assert Image.objects.count() == 0


@pytest.mark.django_db
def test_a_try_whose_process_was_killed_counts(client, taker, instead, monkeypatch):

    limited = Work(UPLOAD.name, UPLOAD.place, (Limit(2, 86_400),))
    monkeypatch.setattr("images.uploads.UPLOAD", limited)
    instead(KILLED)

    answers = [client.post(UPLOADS, {"image": an_upload()}, headers=JSON) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [503, 503, 429]
