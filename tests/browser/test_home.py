"""The first page: one recap large, what is on now, this day years ago."""

import datetime as dt

import pytest
from django.utils import timezone

from conferences.factories import ConferenceFactory
from notes_site.home import same_day_before
from recaps.factories import RecapFactory
from talks.factories import TalkFactory
from tests.tools.accessibility import faults_of

SCREENS = {(360, 740): 640, (1440, 900): 600}


@pytest.fixture
def front(transactional_db):
    """A conference that is on, one to come, seven recaps, and a talk a year ago today."""
    today = timezone.localdate()
    ConferenceFactory(title="On", starts_on=today, ends_on=None)
    ConferenceFactory(title="Soon", starts_on=today + dt.timedelta(days=9), ends_on=None)
    for number in range(7):
        RecapFactory(title=f"Recap {number}", body="What was said, and by whom. " * 60)
    TalkFactory(title="Years ago", given_on=next(same_day_before(today, years=8)))


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: str(screen[0]))
def test_one_recap_is_large_and_begins_on_the_first_screen(page, site, front, screen):
    page.set_viewport_size(dict(zip(("width", "height"), screen, strict=True)))
    page.goto(site)
    sizes = [
        card.evaluate("card => parseFloat(getComputedStyle(card).fontSize)")
        for card in page.locator(".recap-card .excerpt").all()
    ]

    assert page.locator(".large-recap").bounding_box()["y"] < SCREENS[screen]
    assert sizes[0] > max(sizes[1:])
    assert len(sizes) == 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1440])
def test_front_says_what_is_on_and_what_was_and_is_accessible(page, site, front, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site)

    headings = page.get_by_role("heading", level=2).all_inner_texts()
    assert headings == ["On now", "Newest recaps", "On this day, years ago", "Coming up"]
    assert page.get_by_role("link", name="Years ago").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults_of(page, in_colours_alone=scheme == "dark") is None
