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
