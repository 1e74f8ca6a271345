"""One event is one line, whatever text it carries, and names its request."""

import io
import logging
import re

import pytest
from django.db import transaction
from django.test import override_settings

from accounts.factories import UserFactory
from foundation.logs.lines import LONGEST_LINE, OneLineFormatter, log_event
from foundation.logs.request_context import RequestContext, answering
from notes_site import home
from recaps.factories import RecapFactory
from talks.factories import TagFactory, TalkFactory
from talks.models import Talk
from talks.tagging.verbs import add_tags
from tests.tools.admin_form import save
from tests.tools.drawing import a_kept_image
from tests.tools.pages import texts


def line_of(**values):
    record = {"name": "site", "levelname": "INFO", "levelno": 20, "created": 0, **values}
    return OneLineFormatter().format(logging.makeLogRecord(record))


def lines(caplog, *names):
    """What the log's handler would write of these loggers."""
    return [OneLineFormatter().format(each) for each in caplog.records if each.name in names]


@pytest.fixture
def written(monkeypatch):
    """What the site's own handler writes, in lines."""
    stream = io.StringIO()
    handler = logging.getLogger("django").handlers[0]
    monkeypatch.setattr(handler, "stream", stream)
    return lambda: stream.getvalue().splitlines()


def test_a_line_escapes_line_breaks_controls_and_bidi():
    assert line_of(msg="a\r\nb\x1b[31m\u202ec") == (
        "1970-01-01T00:00:00+0000 INFO site - a\\x0d\\x0ab\\x1b[31m\\u202ec"
    )


def test_a_line_names_its_request():
    with answering(RequestContext("3f2a", "192.0.2.1")):
        assert line_of(msg="x") == "1970-01-01T00:00:00+0000 INFO site 3f2a x"


def test_a_fault_is_one_line_that_says_what_where_and_from_what():
    def fail():
        try:
            {}["inner\ntext"]
        except KeyError as error:
            raise ValueError("outer") from error

    with pytest.raises(ValueError, match="outer") as caught:
        fail()

    line = line_of(msg="Broken", exc_info=(ValueError, caught.value, caught.tb))
    assert "\n" not in line
    said = re.sub(r":[0-9]+", ":N", line.partition(" | ")[2])
    assert said == (
        "ValueError: outer at foundation/logs/tests/test_logs.py:N fail"
        " < foundation/logs/tests/test_logs.py:N"
        " test_a_fault_is_one_line_that_says_what_where_and_from_what;"
        r" from KeyError: 'inner\ntext' at foundation/logs/tests/test_logs.py:N fail"
    )


def test_a_long_text_is_cut():
    line = line_of(msg="x" * 9_000)

    assert line.endswith("x… (9000 characters)")
    assert len(line) < 1_100
    deep = RecursionError("y" * 50_000)
    assert len(line_of(msg="z", exc_info=(RecursionError, deep, None))) <= LONGEST_LINE + 30


@pytest.mark.django_db
def test_each_request_has_a_line(client, caplog):
    caplog.set_level("INFO")

    response = client.get("/about/?q=private+words")

    [line] = lines(caplog, "access")
    assert re.search(r" access - 127\.0\.0\.1 GET /about/ 200 [0-9]+ [0-9]+ms$", line)
    assert "X-Request-ID" not in response.headers


@pytest.mark.django_db
def test_static_files_have_lines_where_they_are_missing(client, caplog):
    caplog.set_level("INFO")

    client.get("/static/nowhere.css")

    [line] = lines(caplog, "access")
    assert " GET /static/nowhere.css 404 " in line


@pytest.mark.django_db
def test_lines_of_requests_can_be_left_out(client, caplog):
    caplog.set_level("INFO")

    with override_settings(ACCESS_LOG=False):
        client.get("/about/")

    assert lines(caplog, "access") == []


@pytest.mark.django_db
def test_a_fault_of_the_site_shows_the_reference_that_its_line_has(client, written, monkeypatch):
    def failing():
        raise RuntimeError("secret detail")

    monkeypatch.setattr(home, "library_figures", failing)
    client.raise_request_exception = False

    response = client.get("/")

    reference = response.headers["X-Request-ID"]
    assert any(reference in text for text in texts(response, "p"))
    [line] = [each for each in written() if "secret detail" in each]
    assert f" {reference} " in line


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get("/", headers={"host": "evil.example"}),
        lambda client: client.post("/admin/login/", {f"f{n}": "x" for n in range(1_500)}),
        lambda client: client.get("/" + "x" * 8_000),
        lambda client: client.get("/search/?q=%00"),
    ],
    ids=["host", "fields", "long", "nul"],
)
def test_one_bad_request_writes_few_short_lines(client, written, ask):
    ask(client)

    written = written()
    assert len(written) <= 3
    assert all(len(line) < 1_300 for line in written)
    assert " | " not in "".join(written)


@pytest.mark.django_db(transaction=True)
class TestEvents:
    """What operators look for after the fact: who did what, from where."""

    @pytest.fixture
    def told(self, caplog):
        caplog.set_level("INFO", "events")
        return lambda: [each.getMessage() for each in caplog.records if each.name == "events"]

    def test_logins(self, client, told):
        person = UserFactory(username="ada", is_staff=True)
        person.set_password("correct horse")
        person.save()
        for password in ("wrong", "correct horse"):
            client.post("/admin/login/", {"username": "ada", "password": password})
        client.post("/admin/logout/")

        assert told() == [
            "login failed by=ada from=127.0.0.1 what=''",
            "login done by=ada from=127.0.0.1 what=''",
            "logout done by=ada from=127.0.0.1 what=''",
        ]

    def test_logins_that_are_stopped(self, client, told):
        for _ in range(11):
            client.post("/admin/login/", {"username": "ada", "password": "wrong"})

        assert "login limited by=ada from=127.0.0.1 what=''" in told()

    def test_what_is_refused(self, client, told):
        client.force_login(UserFactory(username="ada", is_staff=True))
        client.get("/admin/talks/talk/add/")
        type(client)(enforce_csrf_checks=True).post("/admin/login/")

        assert told() == [
            "request refused by=ada from=127.0.0.1 what='/admin/talks/talk/add/'",
            "form refused by=- from=127.0.0.1 what='/admin/login/'",
        ]

    def test_rows_of_the_admin(self, admin_client, told):
        talk = TalkFactory()
        save(admin_client, f"/admin/talks/talk/{talk.pk}/change/", title="Other")
        admin_client.post(f"/admin/talks/talk/{talk.pk}/delete/", {"post": "yes"})

        assert told() == [
            f"change done by=admin from=127.0.0.1 what='talks.talk {talk.pk}'",
            f"delete done by=admin from=127.0.0.1 what='talks.talk {talk.pk}'",
        ]

    def test_many_talks_are_one_line(self, told):
        TalkFactory.create_batch(3)
        add_tags(Talk.objects.all(), [TagFactory()], by=UserFactory(username="ada"))

        assert told() == ["tags added done by=ada from=- what='3 of 3 talks'"]

    def test_publications(self, client, told):
        recap = RecapFactory(draft=True, title="Nobody else's")
        curator = UserFactory(username="ada", is_staff=True, role="Curators")
        client.force_login(curator)
        client.post("/admin/recaps/recap/", {"action": "publish", "_selected_action": [recap.pk]})

        assert f"publish done by=ada from=127.0.0.1 what='recaps {recap.pk}'" in told()
        assert "Nobody" not in " ".join(told())

    def test_uploads(self, told, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        image = a_kept_image(UserFactory(username="ada"))

        assert told()[0].startswith(f"upload done by=ada from=- what='image {image.pk}, ")

    def test_what_is_rolled_back_is_not_told(self, told):
        TalkFactory()
        with transaction.atomic():
            add_tags(Talk.objects.all(), [TagFactory()], by=None)
            transaction.set_rollback(True)

        assert told() == []


def test_an_event_outside_of_requests(caplog):
    caplog.set_level("INFO", "events")

    log_event("backup", what="file", outcome="failed")

    assert caplog.messages == ["backup failed by=- from=- what='file'"]
