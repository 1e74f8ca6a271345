"""Finding one's way: the filter of the tag index, the pictures of years."""

from talks.factories import TagFactory, TalkFactory


def shown(page):
    return [name for name in page.locator(".columns li a").all() if name.is_visible()]


def names(page):
    return [name.inner_text() for name in shown(page)]


def test_typing_narrows_the_tags_whatever_their_capitals_and_accents(watched, site, library):
    TalkFactory(tags=[TagFactory(name="Tést tools"), TagFactory(name="web")])
    watched.goto(f"{site}/tags/")

    watched.get_by_label("Filter topics").fill("TEST")

    assert names(watched) == ["Tést tools", "testing"]
    assert watched.get_by_role("status").inner_text() == "Shown: 2"
    assert not watched.get_by_role("heading", name="W", exact=True).is_visible()
    watched.get_by_label("Filter topics").fill("")
    assert names(watched) == ["C++", "Tést tools", "testing", "web"]


def test_without_scripts_the_tags_stand_there_without_a_box(browser, site, library):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/tags/")

    assert names(page) == ["C++", "testing"]
    assert page.get_by_role("searchbox", name="Filter topics").count() == 0
    page.context.close()


def test_a_programme_is_a_table_where_there_is_room_and_a_list_where_there_is_none(
    watched, site, library
):
    watched.set_viewport_size({"width": 1200, "height": 800})
    watched.goto(f"{site}/conferences/grid-conf/")
    table = watched.locator(".day-grid")

    def place(title):
        return table.locator("td", has_text=title).bounding_box()

    assert table.get_by_role("columnheader").all_inner_texts() == ["Time", "Attic", "Hall"]
    attic, nine, ten = place("At 9 in Attic"), place("At 9 in Hall"), place("At 10 in Hall")
    assert attic["y"] == nine["y"]
    assert attic["y"] + attic["height"] == ten["y"] + ten["height"]
    watched.set_viewport_size({"width": 360, "height": 800})
    attic, nine, ten = place("At 9 in Attic"), place("At 9 in Hall"), place("At 10 in Hall")
    assert attic["x"] == nine["x"] == ten["x"]
    assert attic["y"] < nine["y"] < ten["y"]


def test_a_phone_shows_twelve_months_and_a_narrower_one_scrolls_them(watched, site, library):
    watched.set_viewport_size({"width": 360, "height": 800})
    watched.goto(f"{site}/archive/talks/")
    box, year = watched.locator(".heat-box"), watched.get_by_role("rowheader", name="2017")
    assert box.evaluate("box => box.scrollWidth - box.clientWidth") == 0
    watched.set_viewport_size({"width": 240, "height": 800})
    before = year.bounding_box()["x"]

    box.evaluate("box => box.scrollTo(200, 0)")

    assert box.evaluate("box => box.scrollLeft") > 0
    assert abs(year.bounding_box()["x"] - before) < 5
