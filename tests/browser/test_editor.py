"""The tools of the editor: preview, keys, toolbar, clock, pictures; by keyboard and for all."""

import datetime as dt
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from accounts.models import User
from images.models import Image
from recaps.factories import RecapFactory
from recaps.models import Recap
from talks.factories import TalkFactory
from talks.models import Talk
from tests.browser.editing import ADD, address_of, type_at_end, wait_for
from tests.browser.pictures import TRANSFER, picture
from tests.browser.test_curating import log_in


def test_preview_is_what_the_renderer_makes_and_marks_unknown_names(watched, site, recap):
    log_in(watched, site)
    watched.goto(f"{site}{address_of(recap)}")
    type_at_end(watched, "\n\n## So\n\n**bold** [[Nobody Known]]")
    preview = watched.get_by_role("region", name="Preview")

    preview.get_by_text("Nobody Known").wait_for()
    html = preview.locator(".prose").inner_html()

    assert "<strong>bold</strong>" in html
    assert '<span class="unknown-link" title="Nothing has this name.">Nobody Known</span>' in html
    assert preview.locator("h3").inner_text() == "So"


def test_states_are_read_aloud_when_they_are_news_and_not_while_typing(opened):
    opened.evaluate(
        """() => {
          window.said = [];
          const line = document.querySelector(".editor [role=status]");
          const heard = () => line.ariaLive !== "off" && said.push(line.dataset.state);
          new MutationObserver(heard).observe(line, { childList: true });
        }"""
    )
    for _ in range(2):
        type_at_end(opened, " More.")
        wait_for(opened, "Backed up on the server")
    opened.keyboard.press("Control+s")
    wait_for(opened, "Saved at")
    opened.context.set_offline(True)
    for _ in range(2):
        type_at_end(opened, " More.")
        wait_for(opened, "Backed up in this browser only")

    assert opened.evaluate("said") == ["saved", "here"]


def test_keys_work_where_the_layout_has_no_latin_letters(opened, recap):
    type_at_end(opened, " Ещё.")
    opened.locator("[name=body]").dispatch_event(
        "keydown", {"key": "ы", "code": "KeyS", "ctrlKey": True, "bubbles": True}
    )
    wait_for(opened, "Saved at")

    assert Recap.objects.get().body == "First words. Ещё."


def test_key_saves_and_goes_on_to_the_next_talk_without_notes(page, site, transactional_db):
    first, second, third = (TalkFactory(title=f"Talk {n}") for n in (1, 2, 3))
    Talk.objects.update(conference=first.conference)
    log_in(page, site)
    RecapFactory(talk=second, author=User.objects.get(username="curator"), draft=True)
    page.goto(f"{site}{ADD}?talk={first.pk}")
    page.locator("[name=body]:focus").wait_for()  # without a click
    page.keyboard.type("Notes on the first.")

    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    assert page.url == f"{site}{ADD}?talk={third.pk}"
    assert "Notes on the first." in Recap.objects.get(talk=first).body


def test_clock_puts_in_the_time_since_the_talks_start(page, site, transactional_db):
    begun = timezone.now() - dt.timedelta(minutes=12, seconds=34)
    talk = TalkFactory(starts_at=begun, given_on=begun.date())
    log_in(page, site)
    page.goto(f"{site}{ADD}?talk={talk.pk}")
    page.locator("[name=body]").fill("")
    page.keyboard.press("Control+;")

    typed = page.locator("[name=body]").input_value()

    assert typed[:3] == "[12"
    assert typed[-2:] == "] "


def test_clock_without_a_start_begins_when_it_is_asked(opened):
    opened.locator("[name=body]").fill("")
    opened.keyboard.press("Control+;")

    assert opened.locator("[name=body]").input_value() == "[0:00] "


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        pytest.param("Control+b", "one **two** three", id="bold"),
        pytest.param("Control+i", "one *two* three", id="italic"),
        pytest.param("Control+k", "one [two](https://) three", id="link"),
    ],
)
def test_keys_format_the_selection_and_undo_takes_it_back(opened, keys, expected):
    area = opened.locator("[name=body]")
    area.fill("one two three")
    area.evaluate("area => area.setSelectionRange(4, 7)")
    opened.keyboard.press(keys)
    formatted = area.input_value()
    opened.keyboard.press("Control+z")

    assert (formatted, area.input_value()) == (expected, "one two three")


def test_toolbar_is_one_stop_and_its_buttons_are_reached_by_arrows(opened):
    area = opened.locator("[name=body]")
    area.fill("one\ntwo")
    area.press("Control+a")
    bar = opened.get_by_role("toolbar")
    bar.get_by_role("button", name="Bold").focus()
    for _ in range(3):
        opened.keyboard.press("ArrowRight")
    opened.keyboard.press("Enter")

    assert area.input_value() == "- one\n- two"
    assert bar.locator("[tabindex='0']").count() == 1


@pytest.fixture
def pictures_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_picture_is_sent_and_put_into_the_text(pictures_folder, opened, kind):
    opened.locator("[name=body]").fill("")
    opened.keyboard.type("Look: ")
    opened.evaluate(TRANSFER, [kind, "slide.png", list(picture())])
    dialog = opened.get_by_role("dialog", name="Add a picture")
    dialog.get_by_label("What does it show?").fill("The plan [of] it")
    opened.keyboard.press("Enter")
    image = opened.get_by_role("region", name="Preview").locator("img")
    image.wait_for()

    kept = Image.objects.get()
    text = f"Look: ![The plan \\[of\\] it]({kept.get_absolute_url()})"
    assert opened.locator("[name=body]").input_value() == text
    assert image.get_attribute("alt") == "The plan [of] it"
    assert image.evaluate("img => img.decode().then(() => [img.naturalWidth, img.loading])") == [
        1200,
        "lazy",
    ]


def test_picture_that_was_pasted_offline_waits_for_the_network(pictures_folder, opened):
    opened.context.set_offline(True)
    opened.evaluate(TRANSFER, ["paste", "slide.png", list(picture())])
    opened.keyboard.press("Enter")
    opened.get_by_text("slide.png waits for the network.").wait_for()

    opened.context.set_offline(False)
    opened.get_by_role("region", name="Preview").locator("img").wait_for()

    assert Image.objects.get().get_absolute_url() in opened.locator("[name=body]").input_value()


@pytest.mark.parametrize("status", [429, 503])
def test_picture_is_sent_again_when_the_server_says_and_not_sooner(pictures_folder, opened, status):
    tries = []

    def busy_at_first(route):
        tries.append(time.monotonic())
        if len(tries) > 1:
            return route.continue_()
        headers = {"Retry-After": "2", "Content-Type": "application/json"}
        return route.fulfill(status=status, headers=headers, body="{}")

    opened.route("**/images/image/upload/", busy_at_first)
    opened.evaluate(TRANSFER, ["paste", "slide.png", list(picture())])
    opened.keyboard.press("Enter")
    opened.get_by_text("slide.png waits for the network.").wait_for()
    opened.evaluate("window.dispatchEvent(new Event('online'))")
    opened.get_by_role("region", name="Preview").locator("img").wait_for(timeout=8_000)

    assert tries[1] - tries[0] >= 2


def test_picture_that_is_none_is_refused_in_words(pictures_folder, opened):
    opened.evaluate(TRANSFER, ["paste", "evil.png", list(b"<svg onload=alert(1)>")])
    opened.keyboard.press("Enter")

    error = opened.locator(".editor-foot [role=alert]").filter(has_text=".")
    error.wait_for()
    assert opened.locator("[name=body]").input_value() == "First words."
    assert Image.objects.count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_editor_has_no_accessibility_fault(page, site, recap, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    log_in(page, site)
    page.goto(f"{site}{address_of(recap)}")
    type_at_end(page, "\n\n```python\nx = 1\n```")
    wait_for(page, "Backed up on the server")
    page.goto(f"{site}{address_of(recap)}")  # with an unsaved text above it
    page.locator(".editor").wait_for()

    results = Axe().run(page)

    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_front_matter_is_moved_by_a_button_that_comes_with_it(opened):
    area = opened.locator("[name=body]")
    button = opened.get_by_role("button", name="Move front matter into the fields")
    assert button.count() == 0
    opened.get_by_text("Change", exact=True).click()
    opened.locator("[name=title]").fill("")
    area.fill("---\ntitle: Harbour days\nlayout: post\n---\nBelow.")
    with opened.expect_navigation():
        button.click()

    assert opened.locator("[name=title]").input_value() == "Harbour days"
    assert area.input_value() == "<!--\nlayout: post\n-->\n\nBelow."
    assert "Moved into the fields: title." in opened.locator(".errorlist").first.inner_text()
