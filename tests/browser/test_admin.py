"""What the admin's own scripts add, and that it can be done without them."""

import pytest

from talks.factories import TagFactory
from talks.models import Talk
from tests.browser.test_curating import log_in

LIST = "/admin/talks/talk/"


def shown_titles(page):
    return set(page.locator("#result_list tbody th a").all_inner_texts())


@pytest.fixture
def plain(browser, site, library):
    """A page without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_tags_are_suggested_as_they_are_typed(watched, site, library):
    log_in(watched, site)
    talk = Talk.objects.get(title="An older talk")
    watched.goto(f"{site}{LIST}{talk.pk}/change/")
    line = watched.locator("[name=tags]")

    line.fill("fresh, ")
    line.press_sequentially("c+")
    watched.get_by_role("option", name="C++").wait_for()
    line.press("ArrowDown")
    line.press("Enter")

    assert line.input_value() == "fresh, C++, "
    line.press_sequentially("TEST")
    watched.get_by_role("option", name="testing").click()
    assert line.input_value() == "fresh, C++, testing, "
    with watched.expect_navigation():
        watched.locator("[name=_save]").click()
    assert {tag.name for tag in talk.tags.all()} == {"fresh", "C++", "testing"}


def test_suggestions_are_closed_and_leave_what_was_typed(watched, site, library):
    log_in(watched, site)
    watched.goto(f"{site}{LIST}add/")
    line = watched.locator("[name=tags]")

    line.press_sequentially("test")
    watched.get_by_role("option", name="testing").wait_for()
    line.press("Escape")

    assert watched.get_by_role("option", name="testing").count() == 0
    assert line.input_value() == "test"


def test_numbers_are_fresh_while_tags_are_typed(watched, site, library):
    log_in(watched, site)
    watched.goto(f"{site}{LIST}?conference__id__exact={library.pk}")
    watched.locator("#action-toggle").check()
    watched.locator("select[name=action]").select_option("add_tags")
    with watched.expect_navigation():
        watched.get_by_role("button", name="Go").click()
    facts = watched.locator(".tagging-facts")

    watched.locator("[name=tags]").fill("testing")
    facts.get_by_text("Will change", exact=True).wait_for()

    assert facts.locator("dd").all_inner_texts() == ["5", "4", "1"]
    with watched.expect_navigation():
        watched.locator("[name=apply]").click()
    said = watched.locator(".messagelist").inner_text()
    assert said == "Added 'testing' to 4 talks; 1 already had it."


def test_a_filter_is_chosen_by_typing(watched, site, library):
    log_in(watched, site)
    watched.goto(f"{site}{LIST}")

    watched.locator(".related-filter .select2-selection").first.click()
    watched.keyboard.type("conf 2016")
    with watched.expect_navigation():
        watched.get_by_role("option", name="Harbour Conf 2016").click()

    assert shown_titles(watched) == {"An older talk"}


def test_lists_are_filtered_without_javascript(plain, site):
    log_in(plain, site)
    plain.goto(f"{site}{LIST}")

    plain.locator("[name=conference__named]").fill("conf 2016")
    with plain.expect_navigation():
        plain.keyboard.press("Enter")

    assert shown_titles(plain) == {"An older talk"}


def test_talks_are_tagged_without_javascript(plain, site):
    log_in(plain, site)
    plain.goto(f"{site}{LIST}")
    for box in plain.locator(".action-select").all()[:2]:
        box.check()
    plain.locator("select[name=action]").select_option("add_tags")
    with plain.expect_navigation():
        plain.get_by_role("button", name="Go").click()

    plain.locator("[name=tags]").fill("by hand")
    with plain.expect_navigation():
        plain.keyboard.press("Enter")  # shows the numbers, changes nothing
    assert plain.locator(".tagging-facts dd").all_inner_texts() == ["2", "2", "0"]
    with plain.expect_navigation():
        plain.locator("[name=apply]").click()

    assert plain.locator(".messagelist").inner_text() == "Added 'by hand' to 2 talks."


def test_a_suggested_name_with_odd_signs_is_taken_as_it_is(watched, site, library):
    TagFactory(name="#hash, 日本、中文", slug="odd")
    log_in(watched, site)
    watched.goto(f"{site}{LIST}add/")
    line = watched.locator("[name=tags]")
    line.fill("a、")
    line.press_sequentially("hash")
    watched.get_by_role("option", name="#hash, 日本、中文").click()

    assert line.input_value() == 'a、 "#hash, 日本、中文", '
