"""The editor on a phone: what a person in a room needs is in view, the keyboard open or not."""

import pytest

from talks.factories import TalkFactory
from tests.browser.editing import ADD, address_of, status, wait_for
from tests.browser.test_curating import log_in

LINES = "\n".join(f"Line {number} of a long text." for number in range(200))


def out_of_view(page):
    """Return which of the time and the status line is not wholly on the screen."""
    time = page.get_by_role("button", name="Time")
    boxes = {"time": time.bounding_box(), "status": status(page).bounding_box()}
    size = page.viewport_size
    return [
        name
        for name, box in boxes.items()
        if min(box["x"], box["y"]) < 0
        or box["x"] + box["width"] > size["width"]
        or box["y"] + box["height"] > size["height"]
    ]


@pytest.mark.parametrize("height", [640, 340], ids=["without-keyboard", "with-keyboard"])
@pytest.mark.parametrize("keys", ["Control+Home", "Control+End", "PageDown"])
def test_time_and_status_are_in_view_wherever_one_writes(page, site, recap, height, keys):
    log_in(page, site)
    page.set_viewport_size({"width": 360, "height": height})
    page.goto(f"{site}{address_of(recap)}")
    area = page.locator("[name=body]")
    area.fill(LINES)
    area.press(keys)
    page.keyboard.type("x")
    wait_for(page, "Backed up on the server")

    assert out_of_view(page) == []


def test_time_and_status_are_in_view_when_a_talks_form_opens(page, site, transactional_db):
    log_in(page, site)
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{site}{ADD}?talk={TalkFactory().pk}")
    page.locator("[name=body]:focus").wait_for()

    assert out_of_view(page) == []


def test_time_is_in_view_while_the_last_tool_is_used(page, site, recap):
    log_in(page, site)
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{site}{address_of(recap)}")
    page.get_by_role("button", name="Picture").click()

    assert out_of_view(page) == []


def test_the_page_gets_lower_with_the_keyboard(page, site, recap):
    log_in(page, site)
    page.goto(f"{site}{address_of(recap)}")

    names = page.locator("meta[name=viewport]").evaluate_all("all => all.map((one) => one.content)")

    assert names[-1] == "width=device-width, initial-scale=1, interactive-widget=resizes-content"
