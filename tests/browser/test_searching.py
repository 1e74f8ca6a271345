"""The search page: by keyboard alone, chips, suggestions, without scripts, in light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from search import results
from speakers.factories import SpeakerFactory
from tests.browser.test_reading import follow

BOX = "Search talks, recaps, speakers and conferences"
CHOSEN = "/search/?q=tests&kind=talk&year=2017&tag=testing&no-speaker=none"


def tab_to_box(page):
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "q":
            return
    raise AssertionError("The box is not among the first stops")


def options(page):
    return page.get_by_role("option")


def sum_of(page):
    return page.get_by_role("status").inner_text()


def test_reader_finds_narrows_and_widens_by_keyboard_alone(watched, site, library):
    watched.goto(f"{site}/search/")
    tab_to_box(watched)
    watched.keyboard.type("testi")
    options(watched).first.wait_for()
    watched.keyboard.press("ArrowDown")
    with watched.expect_navigation():
        watched.keyboard.press("Enter")
    assert sum_of(watched) == "Everything about “testing”: 3"

    seen = []
    for name in ["Talks", "−Leave out 2016", "Take off: Talks", "Take off: not 2016"]:
        follow(watched, name)
        seen.append((watched.url.removeprefix(f"{site}/search/?q=testing"), sum_of(watched)))

    assert seen == [
        ("&kind=talk", "Talks about “testing”: 2"),
        ("&kind=talk&no-year=2016", "Talks about “testing” without 2016: 1"),
        ("&no-year=2016", "Everything about “testing” without 2016: 2"),
        ("", "Everything about “testing”: 3"),
    ]


def test_an_address_shows_everybody_the_same_search(watched, browser, site, library):
    watched.goto(f"{site}{CHOSEN}")
    for label in ["2017", "testing"]:
        watched.get_by_role("link", name=f"Take off: {label}").click()
    shared = watched.url

    other = browser.new_page()
    other.goto(shared)

    assert shared == f"{site}/search/?q=tests&kind=talk&no-speaker=none"
    assert sum_of(other) == sum_of(watched) == "Talks about “tests” without none: 2"
    chips = other.get_by_role("list", name="Chosen filters").get_by_role("link")
    names = [" ".join(chip.inner_text().split()) for chip in chips.all()]
    assert names == ["Take off: Talks ×", "Take off: not none ×"]
    other.close()


def test_suggestions_follow_what_is_typed_and_leave_it_alone(watched, site, library):
    SpeakerFactory(name="Tess <img src=x onerror=document.title='taken'>")
    watched.goto(f"{site}/search/?kind=talk")
    box = watched.get_by_role("combobox", name=BOX)
    before = watched.title()

    def state():
        active = box.get_attribute("aria-activedescendant")
        return (
            box.get_attribute("aria-expanded"),
            watched.locator(f"#{active}").inner_text() if active else None,
            box.input_value(),
        )

    box.press_sequentially("tes")
    options(watched).first.wait_for()
    hostile = "Tess <img src=x onerror=document.title='taken'>"
    assert options(watched).all_inner_texts() == ["testing", hostile]
    seen = [state()]
    for key in ["ArrowDown", "ArrowUp", "ArrowDown", "Escape"]:
        box.press(key)
        seen.append(state())
    assert seen == [
        ("true", None, "tes"),
        ("true", "testing", "tes"),
        ("true", hostile, "tes"),
        ("true", "testing", "tes"),
        ("false", None, "tes"),
    ]
    box.press_sequentially("s")
    options(watched).first.wait_for()
    assert (watched.locator("[role=listbox] img").count(), watched.title()) == (0, before)

    with watched.expect_navigation():
        options(watched).first.click()

    assert watched.get_by_role("combobox", name=BOX).input_value() == hostile
    assert "&kind=talk" in watched.url


def test_the_box_searches_for_what_was_typed_where_nothing_was_chosen(watched, site, library):
    watched.goto(f"{site}/search/")
    watched.get_by_role("combobox", name=BOX).press_sequentially("test")
    options(watched).first.wait_for()

    with watched.expect_navigation():
        watched.keyboard.press("Enter")

    assert watched.url == f"{site}/search/?q=test"


def test_everything_is_there_without_javascript(browser, site, library):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/search/")
    page.get_by_role("searchbox", name=BOX).fill("testing")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    seen = [sum_of(page)]
    filters = page.get_by_role("navigation", name="Filters")
    for link in [
        filters.get_by_role("link", name="Talks 2"),
        filters.get_by_role("link", name="Leave out 2016"),
        page.get_by_role("link", name="Take off: Talks"),
    ]:
        link.click()
        seen.append(sum_of(page))
    page.get_by_role("searchbox", name=BOX).fill("tests why")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert seen == [
        "Everything about “testing”: 3",
        "Talks about “testing”: 2",
        "Talks about “testing” without 2016: 1",
        "Everything about “testing” without 2016: 2",
    ]
    assert page.url == f"{site}/search/?q=tests+why&no-year=2016"
    assert page.locator(".hit mark").count() > 0
    page.context.close()


def _with_suggestions(page):
    page.get_by_role("combobox", name=BOX).fill("har")
    options(page).nth(1).wait_for()
    page.keyboard.press("ArrowDown")


def _with_filters_open(page):
    page.locator(".facet").evaluate_all("facets => facets.forEach(facet => (facet.open = true))")


# Of each its address, what it says, and what is done before it is looked at.
STATES = [
    ("/search/", "How to find it", None),
    ("/search/?q=h", "Harald Harbour", _with_suggestions),
    ("/search/?q=testing&kind=talk&no-speaker=none", "Leave out 2016", _with_filters_open),
    ("/search/?q=testin+harbor&tag=testing&year=1999", "Nothing found", None),
    ("/search/?q=testz+harbur", "Did you mean", None),
    ("/search/?kind=talk", "5+", None),
    ("/search/?q=" + "unbreakable" * 400, "Nothing found", None),
]


@pytest.mark.parametrize(("scheme", "width"), [("dark", 360), ("light", 1440)])
def test_no_state_of_search_has_an_accessibility_fault(
    page, site, library, monkeypatch, scheme, width
):
    monkeypatch.setattr(results, "MOST_COUNTED", 5)
    SpeakerFactory(name="Harald Harbour")
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    faults = {}
    for address, said, prepare in STATES:
        page.goto(f"{site}{address}")
        if prepare:
            prepare(page)
        found = Axe().run(page)
        reach = page.evaluate("document.documentElement.scrollWidth")
        if found.violations_count or reach > width or not page.get_by_text(said).count():
            faults[address] = (reach, said, found.generate_report())

    assert faults == {}
