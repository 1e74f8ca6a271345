"""A browser, a running site, and a small library with odd content in it."""

import datetime as dt
import os
import shutil
import time

import pytest
from django.db import connection, connections
from django.test import override_settings

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory, SeriesFactory
from recaps.factories import RecapFactory
from speakers.factories import SpeakerFactory
from talks.factories import RecordingFactory, TagFactory, TalkFactory, TalkLinkFactory
from tests.browser.editing import address_of
from tests.browser.mortal import MortalServer
from tests.browser.test_curating import log_in

BODY = """# Why

Because *this*.

| a | b |
|---|--:|
| 1 | 2 |

- [ ] try it

```python
x = 1
```
"""
# The shell draws pages as the browser does, without the browser's own windows: two thirds of the
# processor's time.
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests.browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no Chromium here: set CHROMIUM=/path"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": quiet}


@pytest.fixture(scope="session", autouse=True)
def _connections_of_playwright(django_db_setup, playwright):
    """Close what was opened while Playwright's event loop ran: Django keeps it apart there.

    The test database could not be dropped otherwise.
    """
    yield
    connections.close_all()


@pytest.fixture(autouse=True)
def _quiet_server(transactional_db):
    """Let what pages still sent while they were closed come to its end before the rows go."""
    yield
    others = (
        "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'"
    )
    with connection.cursor() as cursor:
        for _ in range(40):
            cursor.execute(f"SELECT count(*) {others}")
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.05)
        cursor.execute(f"SELECT pg_terminate_backend(pid) {others}")


@pytest.fixture
def site(live_server):
    """The site's address. Absolute links on its pages name it too."""
    with override_settings(SITE_URL=live_server.url):
        yield live_server.url


@pytest.fixture
def watched(page, site):
    """A page whose errors fail the test: scripts, policy violations, requests to other hosts."""
    faults = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda request: faults.append(request.url) if not request.url.startswith(site) else None,
    )
    yield page
    assert faults == []


@pytest.fixture
def library(transactional_db):
    """Two editions of a series with six talks and two recaps: plain, long, Japanese, right to left.

    Beside them a conference with times and rooms.
    """
    series = SeriesFactory(title="Harbour Conf")
    older = ConferenceFactory(
        title="Harbour Conf 2016",
        series=series,
        starts_on=dt.date(2016, 5, 2),
        ends_on=dt.date(2016, 5, 3),
    )
    conference = ConferenceFactory(
        title="Harbour Conf 2017",
        series=series,
        city="Lisbon",
        country="PT",
        time_zone="Europe/Lisbon",
        website="https://harbour.example/2017",
    )
    tags = [TagFactory(name="testing"), TagFactory(name="C++", slug="cpp")]
    ada = SpeakerFactory(name="Ada Okafor")
    talk = TalkFactory(
        title="Tests that tell you why",
        conference=conference,
        speakers=[ada, SpeakerFactory(name="山田 太郎")],
        tags=tags,
        abstract="First paragraph.\n\nSecond <b>paragraph</b>.",
        starts_at=dt.datetime(2017, 4, 3, 9, 30, tzinfo=dt.UTC),
        duration=dt.timedelta(minutes=45),
        room="Main hall",
        language="en",
    )
    RecordingFactory(talk=talk)
    TalkLinkFactory(talk=talk)
    crowd = [SpeakerFactory(name=f"Panellist Number {n}") for n in range(34)]
    TalkFactory(title="A panel of many", conference=conference, speakers=crowd)
    TalkFactory(title="日本語のとても長い題名" * 8, conference=conference, language="ja")
    TalkFactory(title="שלום עולם: בדיקות", conference=conference, language="he", undated=True)
    TalkFactory(title="Antidisestablishmentarianism" * 6, conference=conference)
    TalkFactory(
        title="An older talk", conference=older, given_on=older.starts_on, speakers=[ada], tags=tags
    )
    day = dt.date(2015, 5, 4)
    in_rooms = ConferenceFactory(title="Grid Conf", starts_on=day, ends_on=day)
    for hour, room, minutes in [(9, "Attic", 120), (9, "Hall", 30), (10, "Hall", 30)]:
        TalkFactory(
            title=f"At {hour} in {room}",
            conference=in_rooms,
            room=room,
            given_on=day,
            starts_at=dt.datetime(2015, 5, 4, hour, tzinfo=dt.UTC),
            duration=dt.timedelta(minutes=minutes),
            speakers=[ada],
        )
    author = UserFactory(public_name="Note Taker", slug="note-taker")
    RecapFactory(title="What tests told me", talk=talk, author=author, body=BODY)
    RecapFactory(title="Two days at the harbour", talk=None, conference=conference, author=author)
    RecapFactory(title="A secret draft", talk=talk, author=author, draft=True)
    return conference


@pytest.fixture
def recap(transactional_db):
    return RecapFactory(title="Harbour notes", body="First words.", draft=True)


@pytest.fixture
def opened(page, site, recap):
    """A signed-in page with the editor of a recap."""
    log_in(page, site)
    page.goto(f"{site}{address_of(recap)}")
    page.locator(".editor").wait_for()
    return page


@pytest.fixture
def mortal_server(transactional_db, tmp_path):
    """A server of its own process, that can be killed and started again at its address."""
    server = MortalServer(tmp_path)
    server.start()
    yield server
    server.kill()
