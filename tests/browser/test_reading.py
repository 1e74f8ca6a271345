"""A reader's way through the library: by keyboard, without JavaScript, in light and dark."""

import pytest

from tests.tools.accessibility import faults_of

PAGES = [
    "/",
    "/conferences/",
    "/conferences/?series=harbour-conf",
    "/conferences/harbour-conf-2017/",
    "/conferences/harbour-conf-2017/?tag=testing",
    "/conferences/grid-conf/",
    "/conferences/harbour-conf-2017/book/",
    "/conferences/harbour-conf-2017/tests-that-tell-you-why/",
    "/conferences/harbour-conf-2017/a-panel-of-many/",
    "/series/",
    "/series/harbour-conf/",
    "/speakers/",
    "/speakers/?letter=A",
    "/speakers/ada-okafor/",
    "/tags/",
    "/tags/?by=use",
    "/tags/testing/",
    "/tags/cpp+testing/",
    "/authors/",
    "/authors/note-taker/",
    "/recaps/what-tests-told-me/",
    "/archive/",
    "/archive/2017/",
    "/archive/2017/04/",
    "/archive/talks/",
    "/archive/talks/2017/",
    "/archive/talks/2017/04/",
    "/search/?q=tests",
    "/search/?q=nothing-like-this",
    "/about/",
    "/no-such-page/",
]


def tab_to(page, name):
    """Press Tab until the link with this text has the focus, at most 150 times."""
    for _ in range(150):
        page.keyboard.press("Tab")
        text = page.evaluate("document.activeElement?.textContent ?? ''")
        if " ".join(text.split()).startswith(name):
            return
    raise AssertionError(f"No Tab reaches a link “{name}” on {page.url}")


def follow(page, name):
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_reader_goes_from_home_to_the_archive_by_keyboard_alone(watched, site, library):
    watched.goto(site)

    seen = []
    for name in [
        "Conferences",
        "Harbour Conf 2017",
        "Tests that tell you why",
        "Tests that tell you why",
        "Ada Okafor",
        "Tests that tell you why",
        "testing",
        "Archive",
    ]:
        follow(watched, name)
        seen.append(watched.url.removeprefix(site))

    assert seen == [
        "/conferences/",
        "/conferences/harbour-conf-2017/",
        "/conferences/harbour-conf-2017/#talk-tests-that-tell-you-why",
        "/conferences/harbour-conf-2017/tests-that-tell-you-why/",
        "/speakers/ada-okafor/",
        "/conferences/harbour-conf-2017/tests-that-tell-you-why/",
        "/tags/testing/",
        "/archive/",
    ]


def test_skip_link_is_the_first_stop_and_leads_to_the_text(watched, site, library):
    watched.goto(f"{site}/conferences/")
    watched.keyboard.press("Tab")

    assert watched.evaluate("document.activeElement.getAttribute('href')") == "#main"
    watched.keyboard.press("Enter")
    watched.keyboard.press("Tab")
    assert watched.evaluate("document.activeElement.closest('main') !== null")


def test_home_leads_to_a_talk_in_three_clicks(watched, site, library):
    watched.goto(site)
    watched.get_by_role("link", name="Conferences").first.click()
    watched.get_by_role("link", name="Harbour Conf 2017").first.click()
    watched.locator(".session").get_by_role("link", name="Tests that tell you why").click()

    assert watched.get_by_role("heading", level=1).inner_text() == "Tests that tell you why"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_an_accessibility_fault(page, site, library, scheme):
    page.emulate_media(color_scheme=scheme)
    faults = {}
    for address in PAGES:
        page.goto(f"{site}{address}")
        faults[address] = faults_of(page, in_colours_alone=scheme == "dark")

    assert {address: found for address, found in faults.items() if found} == {}


@pytest.mark.parametrize("width", [320, 768, 1600])
def test_no_page_scrolls_sideways(page, site, library, width):
    page.set_viewport_size({"width": width, "height": 800})
    too_wide = {}
    for address in PAGES:
        page.goto(f"{site}{address}")
        reach = page.evaluate("document.documentElement.scrollWidth")
        if reach > width:
            too_wide[address] = reach

    assert too_wide == {}


def test_every_page_works_without_javascript(browser, site, library):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    shown = {}
    for address in PAGES:
        page.goto(f"{site}{address}")
        shown[address] = page.locator("h1").count(), page.locator("main a, main input").count() > 0

    context.close()
    assert shown == dict.fromkeys(PAGES, (1, True))


def test_search_box_works_without_javascript(browser, site, library):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.get_by_role("searchbox").first.fill("tell you why")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.startswith(f"{site}/search/?q=tell")
    assert page.get_by_role("link", name="Tests that tell you why").count() >= 1
    context.close()


def test_pages_ask_no_other_host_and_break_no_policy(watched, site, library):
    for address in PAGES[:-1]:
        watched.goto(f"{site}{address}")


def test_page_is_small(page, site, library):
    """At most 60 KB on the way, compressed, with everything the page loads."""
    sizes = {}
    for address in ["/", "/conferences/harbour-conf-2017/"]:
        received = []
        page.on("requestfinished", lambda request, to=received: to.append(request.sizes()))
        page.goto(f"{site}{address}", wait_until="networkidle")
        sizes[address] = sum(size["responseBodySize"] for size in received)

    assert max(sizes.values()) <= 60_000
