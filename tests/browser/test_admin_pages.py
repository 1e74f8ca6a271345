"""The admin's own pages in light and dark, on a phone and on a wide screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from accounts.models import User
from recaps.factories import RecapFactory
from recaps.models import Recap
from recaps.writing import write_recap
from tests.browser.editing import address_of, type_at_end
from tests.browser.test_curating import log_in
from tests.tools.drawing import a_kept_image


def _save_elsewhere(recap, body):
    current = Recap.objects.get(pk=recap.pk)
    current.body = body
    write_recap(current)


@pytest.fixture
def filled(page, site, library, recap, settings, tmp_path):
    """Pages with something on them, by their addresses: a picture, versions, a full bin."""
    settings.MEDIA_ROOT = tmp_path
    log_in(page, site)
    image = a_kept_image(by=User.objects.get(username="curator"))
    _save_elsewhere(recap, "Other words.")
    RecapFactory(title="Thrown away " + "unbreakable" * 20, talk=None, conference=library,
                 binned=True)  # fmt: skip
    versions = f"/admin/recaps/recap/{recap.pk}/versions/"
    return [
        "/admin/images/image/",
        f"/admin/images/image/{image.pk}/change/",
        versions,
        f"{versions}compare/?older=1&newer=2",
        "/admin/recaps/recap/bin/",
        "/admin/recaps/recap/",
    ]


def _meet_a_conflict(page, site, recap):
    page.goto(f"{site}{address_of(recap)}")
    _save_elsewhere(recap, "Theirs, with many other words.")
    type_at_end(page, " Mine.")
    page.get_by_text("Somebody saved another text meanwhile").wait_for()
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    page.locator(".conflict").wait_for()


@pytest.mark.parametrize(("scheme", "width"), [("dark", 360), ("light", 1440)])
def test_no_page_of_the_admin_has_an_accessibility_fault(page, site, recap, filled, scheme, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    faults = {}

    def look(name):
        results = Axe().run(page)
        reach = page.evaluate("document.documentElement.scrollWidth")
        if results.violations_count or reach > width:
            faults[name] = (reach, results.generate_report())

    for address in filled:
        answer = page.goto(f"{site}{address}")
        assert answer.status == 200, address
        look(address)
    _meet_a_conflict(page, site, recap)
    look("conflict")

    assert faults == {}
