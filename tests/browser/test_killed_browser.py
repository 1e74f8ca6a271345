"""A browser that is killed in the middle of a word, and the same one started again."""

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from recaps.models import WorkingCopy
from tests.browser.conftest import CHROMIUM
from tests.browser.editing import address_of, wait_for
from tests.browser.test_curating import log_in, sign_in

WORDS = "She counts the boats that come home, and those that do not."
PACE = 50  # milliseconds for each key
# A key counts as lost where it was pressed more than 300 ms before the end.
MOST_LOST = 300 // PACE


@pytest.fixture
def start(playwright, tmp_path):
    """Start a browser that keeps its profile, as people's own ones do; return its page."""
    started = []

    def start():
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=CHROMIUM, args=["--disable-sync"]
        )
        started.append(context)
        return context.pages[0]

    yield start
    for context in started:
        with suppress(Exception):
            context.close()


@pytest.mark.parametrize("length", [0, 196_000], ids=["short", "long"])
def test_browser_that_is_killed_loses_the_last_moment_at_most(start, site, recap, tmp_path, length):
    page = start()
    log_in(page, site)
    page.goto(f"{site}{address_of(recap)}")
    page.locator("[name=body]").fill("Sea." * (length // 4))
    wait_for(page, "Backed up on the server")
    page.context.set_offline(True)
    page.keyboard.press("Control+End")
    page.keyboard.type(WORDS, delay=PACE)
    kill_browser(tmp_path / "profile")

    page = start()
    sign_in(page, site, "curator")
    # What only this browser had was sent.
    with page.expect_response("**/recap/unsaved/?*", timeout=10_000):
        page.goto(f"{site}{address_of(recap)}")
    kept = WorkingCopy.objects.with_text().newest_first()[0].typed["body"]

    assert WORDS.startswith(kept[length:])
    assert len(kept) >= length + len(WORDS) - MOST_LOST


def kill_browser(profile):
    """Kill the processes of the browser with this profile, and no other one's."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"--user-data-dir={profile}" in (folder / "cmdline").read_text():
                os.kill(int(folder.name), signal.SIGKILL)
