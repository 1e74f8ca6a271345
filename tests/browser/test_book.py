"""The book of a conference, saved to a file and read on the train: nothing is asked of anybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from accounts.factories import UserFactory
from recaps.factories import RecapFactory
from tests.tools.drawing import a_kept_image

BOOK = "/conferences/harbour-conf-2017/book/"
LOST = f"/images/{'0a' * 16}-16x9.webp"


@pytest.fixture
def illustrated(library, settings, tmp_path):
    """The library with a recap that shows an image of ours, and one that is not there."""
    settings.MEDIA_ROOT = tmp_path / "media"
    slide = a_kept_image(UserFactory()).markdown("A slide")
    body = f"{slide} and ![one lost]({LOST}).\n\n```python\nx = 1\n```"
    RecapFactory(title="With a slide", talk=None, conference=library, body=body)
    return library


@pytest.fixture
def saved(page, site, illustrated, tmp_path):
    """The address of the book in a file, and a page of a browser that has no network."""
    answer = page.request.get(f"{site}{BOOK}")
    file = tmp_path / "book.html"
    file.write_bytes(answer.body())
    page.context.set_offline(True)
    return file.as_uri()


def watch(page):
    """Return the lists of what the page asks for and of what it complains about."""
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    return asked, complaints


def test_saved_book_is_read_whole_without_a_network(page, saved):
    asked, complaints = watch(page)

    page.goto(saved)

    assert page.get_by_role("heading", level=2).all_inner_texts() == [
        "Contents",
        "Two days at the harbour",
        "With a slide",
        "Tests that tell you why",
        "Talks without recaps",
    ]
    image = page.get_by_role("img", name="A slide")
    assert image.evaluate("image => image.complete && image.naturalWidth") == 320
    keyword = page.locator("pre .c-mi").first
    assert keyword.evaluate("e => getComputedStyle(e).color") == "rgb(138, 66, 16)"
    assert page.get_by_role("link", name="one lost").get_attribute("href").startswith("http://")
    assert [url for url in asked if not url.startswith("data:")] == [saved]
    assert complaints == []


def test_book_on_the_site_asks_for_no_other_file(page, site, illustrated):
    asked, complaints = watch(page)

    page.goto(f"{site}{BOOK}", wait_until="networkidle")

    assert [url for url in asked if not url.startswith("data:")] == [f"{site}{BOOK}"]
    assert complaints == []
    assert page.evaluate("getComputedStyle(document.querySelector('.book')).maxWidth") == "none"


def test_contents_lead_to_a_chapter_by_keyboard(page, saved):
    page.goto(saved)

    page.get_by_role("link", name="Tests that tell you why").first.focus()
    page.keyboard.press("Enter")

    assert page.url.endswith("#talk-tests-that-tell-you-why")


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1440)])
def test_long_recap_and_book_are_accessible_and_fit(page, site, illustrated, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    for address in ("/conferences/harbour-conf-2017/", BOOK):
        page.goto(f"{site}{address}")
        assert Axe().run(page).generate_report().startswith("Found 0")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_book_prints_with_its_title_and_contents_on_pages_of_their_own(page, saved):
    page.goto(saved)

    pdf = page.pdf(format="A4")
    page.emulate_media(media="print")

    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") >= 3
    assert page.locator(".chapter-anchor").first.is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_contents_are_open_beside_the_recaps_on_a_wide_screen(page, site, library):
    contents = page.get_by_role("navigation", name="Contents")

    page.set_viewport_size({"width": 1440, "height": 800})
    page.goto(f"{site}/conferences/harbour-conf-2017/")
    assert contents.is_visible()

    page.set_viewport_size({"width": 360, "height": 800})
    assert contents.is_hidden()
    page.get_by_text("Contents", exact=True).click()
    assert contents.is_visible()
