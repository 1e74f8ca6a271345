"""Times of a conference, and those of a reader who is elsewhere."""

import datetime as dt

import pytest

from conferences.factories import ConferenceFactory
from talks.factories import TalkFactory

TALK = "/conferences/conf/tests/"
PAGES = {"/conferences/conf/": ".session-time", TALK: ".talk-line"}


@pytest.fixture
def timed(transactional_db):
    """A talk at 10:30 in Lisbon."""
    conference = ConferenceFactory(title="Conf", slug="conf", time_zone="Europe/Lisbon")
    moment = dt.datetime(2017, 4, 3, 9, 30, tzinfo=dt.UTC)
    TalkFactory(conference=conference, title="Tests", slug="tests", starts_at=moment)


def shown(browser, site, address, width=1440, **context):
    """Return what a page says of the start, and how far the page reaches to the right."""
    context = browser.new_context(viewport={"width": width, "height": 800}, **context)
    page = context.new_page()
    page.goto(f"{site}{address}", wait_until="networkidle")
    text = " ".join(page.locator(PAGES[address]).first.inner_text().split())
    reach = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    return text, reach


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("address", PAGES)
def test_a_reader_elsewhere_sees_both_clocks(browser, site, timed, address, width):
    text, reach = shown(browser, site, address, width, timezone_id="America/New_York")

    assert "10:30" in text
    assert "05:30 your time" in text
    assert reach <= width


@pytest.mark.parametrize("address", PAGES)
def test_who_has_the_same_clock_or_no_scripts_sees_the_conferences(browser, site, timed, address):
    same, _reach = shown(browser, site, address, timezone_id="Europe/London")
    bare, _reach = shown(
        browser, site, address, timezone_id="Asia/Tokyo", java_script_enabled=False
    )

    assert same == bare
    assert "10:30" in same
    assert "your time" not in same
