"""Long lists on small screens: folded by letter, passed by one key, with room for a finger."""

import datetime as dt
from itertools import pairwise

import pytest

from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from speakers.factories import SpeakerFactory
from talks.factories import TagFactory, TalkFactory
from tests.tools.accessibility import faults_of

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1440, "height": 900}


@pytest.fixture
def many_tags(transactional_db):
    TalkFactory(tags=[TagFactory(name=f"{letter}{n:03}") for letter in "abc" for n in range(50)])


def test_tags_are_folded_by_letter_on_a_phone_and_open_elsewhere(page, site, many_tags):
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/tags/")
    name = page.get_by_role("link", name="b030")

    folded, height = name.is_visible(), page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size(DESKTOP)

    assert (folded, name.is_visible()) == (False, True)
    assert height < 2_500


def test_a_letter_opens_by_its_link_without_scripts(browser, site, many_tags):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{site}/tags/")
    page.get_by_role("link", name="B", exact=True).click()

    assert page.get_by_role("link", name="b030").is_visible()
    assert not page.get_by_role("link", name="c030").is_visible()
    context.close()


def test_typing_opens_what_it_finds(page, site, many_tags):
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/tags/")
    box = page.get_by_label("Filter topics")

    box.fill("b030")
    found = page.get_by_role("link", name="b030").is_visible()
    box.fill("")

    assert (found, page.get_by_role("link", name="b030").is_visible()) == (True, False)


@pytest.mark.parametrize("address", ["/tags/", "/tags/?by=use"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_folded_lists_are_accessible(page, site, many_tags, address, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(PHONE)
    page.goto(f"{site}{address}")
    page.locator("summary").first.click()

    assert faults_of(page, in_colours_alone=scheme == "dark") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_facets_are_passed_by_one_key(page, site, transactional_db):
    for number in range(5):
        TalkFactory(title=f"Django {number}", tags=[TagFactory(), TagFactory()])
    page.goto(f"{site}/search/?q=django")
    skip = page.get_by_role("link", name="Skip the filters")

    skip.focus()
    shown = skip.bounding_box()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert shown["y"] >= 0
    assert page.evaluate("document.activeElement.closest('.hits') !== null")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1440"])
def test_names_have_room_for_a_finger(page, site, transactional_db, size):
    crowd = [SpeakerFactory(name=f"Panellist Number {n}") for n in range(34)]
    TalkFactory(title="Panel", slug="panel", conference__slug="conf", speakers=crowd)
    page.set_viewport_size(size)

    page.goto(f"{site}/conferences/conf/panel/")
    page.locator(".more-speakers summary").click()
    listed = page.locator(".more-speakers li").all()
    page.wait_for_timeout(100)
    tops = sorted({round(each.bounding_box()["y"]) for each in listed})
    page.goto(f"{site}/speakers/")
    heights = [each.bounding_box()["height"] for each in page.locator(".columns li > a").all()]

    assert min(after - before for before, after in pairwise(tops)) >= 24
    assert len(heights) == 34
    assert min(heights) >= 24


@pytest.mark.parametrize("width", [768, 1440])
def test_rows_of_a_programme_end_on_one_edge(page, site, transactional_db, width):
    conference = ConferenceFactory(slug="conf")
    for number, room in enumerate(["", "Hall", "A room with a long name", ""]):
        TalkFactory(
            conference=conference,
            room=room,
            duration=dt.timedelta(minutes=10 * number + 5) if number != 1 else None,
        )
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}/conferences/conf/")
    ends = [
        each.evaluate("e => e.getBoundingClientRect().right")
        for each in page.locator(".session-end .parts > :last-child").all()
    ]
    edge = page.locator(".session").first.evaluate("e => e.getBoundingClientRect().right")

    assert len(ends) == 4
    assert all(abs(end - edge) < 1 for end in ends)


def test_cards_beside_each_other_are_even(page, site, transactional_db):
    tags = [TagFactory(name=f"a long name {n}") for n in range(20)]
    for number in range(5):
        talk = TalkFactory(tags=tags[: 4 * number])
        RecapFactory(talk=talk, body="What was said. " * 30 * number or "Short.")
    page.set_viewport_size(DESKTOP)
    page.goto(site)
    boxes = [each.bounding_box() for each in page.locator(".cards-in-columns > .recap-card").all()]
    first, second = boxes[:2]

    assert first["y"] == second["y"]
    assert first["height"] == second["height"]
    assert max(box["height"] for box in boxes) < 2 * min(box["height"] for box in boxes)
    assert page.get_by_text("10 more").count() >= 1
