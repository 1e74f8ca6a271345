"""Write and edit: ways that public pages show to those who may."""

import pytest

from recaps.factories import RecapFactory
from talks.factories import TalkFactory
from tests.browser.test_curating import log_in
from tests.tools.accessibility import faults_of

TALK = "/conferences/conf/tests/"


@pytest.fixture
def talk(transactional_db):
    talk = TalkFactory(title="Tests", slug="tests", conference__slug="conf")
    RecapFactory(talk=talk, title="Notes", slug="notes")
    return talk


def at_the_desk(page, site):
    """Sign in, as people do, on a page of the admin."""
    log_in(page, site)
    page.goto(f"{site}/admin/", wait_until="networkidle")


@pytest.mark.parametrize("width", [360, 1440])
def test_who_may_is_shown_the_ways(page, site, talk, width):
    page.set_viewport_size({"width": width, "height": 800})
    at_the_desk(page, site)

    page.goto(f"{site}{TALK}")
    page.get_by_role("link", name="Write a recap").wait_for()

    assert page.get_by_role("link", name="Edit this talk").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults_of(page) is None
    page.locator(".recap .byline").get_by_role("link", name="Edit", exact=True).click()
    page.wait_for_url("**/admin/recaps/recap/*/change/")


@pytest.mark.parametrize("address", ["/recaps/notes/", "/conferences/conf/"])
def test_other_pages_lead_to_their_forms_too(page, site, talk, address):
    at_the_desk(page, site)
    page.goto(f"{site}{address}")

    page.get_by_role("link", name="Edit").first.click()
    page.wait_for_url("**/admin/**/change/")


def test_readers_ask_nothing(page, site, talk):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}{TALK}", wait_until="networkidle")

    assert [url for url in asked if "/admin/" in url] == []
    assert page.get_by_role("link", name="Write a recap").count() == 0


def test_who_signed_out_is_shown_nothing_and_asks_no_more(page, site, talk):
    at_the_desk(page, site)
    page.context.clear_cookies()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for _ in range(2):
        page.goto(f"{site}{TALK}", wait_until="networkidle")

    assert len([url for url in asked if "/admin/ways/" in url]) == 1
    assert page.get_by_role("link", name="Write a recap").count() == 0


def test_without_javascript_the_foot_of_the_page_leads_to_the_desk(browser, site, talk):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}{TALK}")
    page.get_by_role("link", name="Write", exact=True).click()

    assert page.url.startswith(f"{site}/admin/")
    context.close()
