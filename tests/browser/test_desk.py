"""The admin's first page: with the keyboard, on a phone, in the dark."""

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe

from accounts.models import User
from recaps.factories import RecapFactory
from recaps.models import Recap
from talks.models import Talk
from tests.browser.test_curating import log_in

# While "Tests that tell you why" is given.
NOW = dt.datetime(2017, 4, 3, 9, 45, tzinfo=dt.UTC)
RUNNING = "Tests that tell you why"


@pytest.fixture
def desk(page, site, library, monkeypatch):
    """A full desk, on the first day of the library's conference; then the page that shows it."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    log_in(page, site)
    mine = {"author": User.objects.get(username="curator"), "draft": True}
    older = Talk.objects.get(title="An older talk")
    RecapFactory(title="Begun " + "unbreakable" * 20, talk=older, **mine, body="- [ ] try it")
    RecapFactory(talk=None, conference=library, **mine, submitted_at=NOW)
    RecapFactory(**{**mine, "draft": False}, talk=older, scheduled=True)
    page.goto(f"{site}/admin/")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_desk_has_no_accessibility_fault_and_no_sideways_scroll(desk, scheme, width):
    desk.set_viewport_size({"width": width, "height": 800})
    desk.emulate_media(color_scheme=scheme)
    desk.reload()

    results = Axe().run(desk)

    assert desk.locator(".desk-main section h2").count() == 4
    assert results.violations_count == 0, results.generate_report()
    assert desk.evaluate("document.documentElement.scrollWidth") <= width


def test_an_empty_desk_has_no_accessibility_fault(page, site, transactional_db):
    log_in(page, site)
    page.goto(f"{site}/admin/")

    results = Axe().run(page)

    assert page.locator(".desk-note").count() == 4
    assert results.violations_count == 0, results.generate_report()


def test_the_talk_that_runs_is_two_keys_away_from_its_form(desk, site):
    desk.locator(".desk-main a").first.focus()

    assert desk.evaluate("document.activeElement.textContent") == RUNNING
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.innerText").startswith("Write")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")

    talk = Talk.objects.get(title=RUNNING)
    assert desk.url == f"{site}/admin/recaps/recap/add/?talk={talk.pk}"
    assert desk.locator("[name=talk]").input_value() == str(talk.pk)


def test_one_saves_and_goes_on_to_the_next_talk(desk, site):
    desk.locator(".desk-running .desk-write").click()
    desk.locator("textarea[name=body]").fill("Tests tell why.")
    desk.get_by_text("Save and …").click()
    with desk.expect_navigation():
        desk.get_by_role("button", name="Save and go on to the next talk").click()

    assert Recap.objects.filter(body="Tests tell why.", talk__title=RUNNING).count() == 1
    chosen = Talk.objects.get(pk=desk.locator("[name=talk]").input_value())
    assert (chosen.title, chosen.conference.slug) == ("A panel of many", "harbour-conf-2017")
