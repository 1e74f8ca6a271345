"""The editor's clock: once started it goes on, and no timestamp goes back without a word."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from recaps.factories import RecapFactory
from talks.factories import TalkFactory
from tests.browser.editing import ADD, address_of, wait_for
from tests.browser.test_curating import log_in, sign_in


@pytest.fixture
def hour_later(opened):
    """An editor whose clock was started by hand, an hour ago; some words were typed since."""
    opened.clock.install()
    opened.reload()
    opened.get_by_role("button", name="Start the clock").click()
    opened.locator("[name=body]").press_sequentially("Well. ")
    wait_for(opened, "Backed up on the server")
    opened.clock.fast_forward("01:00:00")
    return opened


def stamp(page):
    """Put in the time, and return it."""
    area = page.locator("[name=body]")
    area.fill("")
    area.press("Control+;")
    return area.input_value()


def note(page):
    return page.locator("[data-part=note]").inner_text()


def test_clock_goes_on_when_the_page_is_opened_anew(hour_later):
    hour_later.reload()

    assert stamp(hour_later).startswith("[1:00:")


def test_clock_goes_on_after_a_save(hour_later):
    hour_later.keyboard.press("Control+s")
    wait_for(hour_later, "Saved at")
    hour_later.reload()

    assert stamp(hour_later).startswith("[1:00:")


def test_clock_goes_on_in_the_recap_that_was_new(page, site, transactional_db):
    talk = TalkFactory()
    log_in(page, site)
    page.clock.install()
    page.goto(f"{site}{ADD}?talk={talk.pk}")
    page.get_by_role("button", name="Start the clock").click()
    page.keyboard.press("Control+s")
    wait_for(page, "Saved at")
    page.clock.fast_forward("00:30:00")
    page.reload()

    assert stamp(page).startswith("[30:")


def test_clock_comes_with_the_text_into_another_browser(hour_later, browser, site, recap):
    page = browser.new_context().new_page()
    sign_in(page, site, "curator")
    page.clock.install(time=timezone.now() + dt.timedelta(hours=1))
    page.goto(f"{site}{address_of(recap)}")
    with page.expect_navigation():
        page.get_by_role("button", name="Go on with the unsaved text").click()

    assert stamp(page).startswith("[1:00:")
    page.context.close()


def test_clock_of_yesterday_and_of_another_talk_is_none(hour_later, site):
    other = RecapFactory(draft=True)
    hour_later.goto(f"{site}{address_of(other)}")
    assert stamp(hour_later) == "[0:00] "

    hour_later.clock.fast_forward("20:00:00")
    hour_later.reload()
    assert stamp(hour_later) == "[0:00] "


@pytest.mark.parametrize(
    ("text", "time"),
    [
        pytest.param("[12:34] So.", "12:3", id="minutes"),
        pytest.param("[1:02:03] So. [59:59] Or so.", "1:02:0", id="hours"),
        pytest.param("See [the note](/x) and [3:4].", "0:0", id="none"),
    ],
)
def test_clock_that_does_not_run_goes_on_from_where_the_text_is(opened, text, time):
    area = opened.locator("[name=body]")
    area.fill(text)
    area.press("Control+;")

    assert re.fullmatch(rf"\[{time}\d\] ", area.input_value().removeprefix(text))
    assert note(opened).startswith("The clock goes on from") is (time != "0:0")


def test_clock_that_is_set_to_nothing_says_where_the_text_is(opened):
    area = opened.locator("[name=body]")
    area.fill("[12:34] So.")
    opened.get_by_role("button", name="Start the clock").click()
    said = note(opened)
    area.press("Control+;")

    assert said == "The clock begins anew. Your text is at 12:34 already."
    assert note(opened) == "The clock is behind your text, which is at 12:34 already."


def test_programme_that_is_behind_the_text_is_told(page, site, transactional_db):
    begun = timezone.now() - dt.timedelta(minutes=5)
    talk = TalkFactory(starts_at=begun, given_on=begun.date())
    recap = RecapFactory(talk=talk, body="[12:34] So.", draft=True)
    log_in(page, site)
    page.goto(f"{site}{address_of(recap)}")
    page.locator("[name=body]").press("Control+;")
    behind = note(page)
    page.locator("[name=body]").fill("")
    page.locator("[name=body]").press("Control+;")

    assert behind == "The clock is behind your text, which is at 12:34 already."
    assert note(page) == ""
