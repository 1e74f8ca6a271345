"""The page of a talk: timestamps that seek, recaps side by side, what is reached."""

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe

from accounts.factories import UserFactory
from recaps.factories import RecapFactory
from talks.factories import RecordingFactory, TalkFactory
from tests.browser.silent_mp4 import served, silent_mp4

PAGE = "/conferences/conf/tests/"
BODY = """It starts slowly[^1], so go to [2:10]. The demo is at [12:34].

| what | a column that is wide | another one, wider still | and a last column |
|---|---|---|---|
| `something_that_does_not_break` | `nor_does_this_one_here` | x | y |

```python
result = a_function_with_a_long_name(first_argument=1, second_argument=2, third_argument=3)
```

[^1]: As the best ones do.
"""


@pytest.fixture(scope="module")
def recorded():
    """A quarter of an hour of silence on another host: its address, and what is asked of it."""
    with served(silent_mp4(900)) as (address, asked):
        yield address, asked


@pytest.fixture
def talk(transactional_db, recorded):
    """A talk with a recording of five seconds' prelude, and two recaps of it."""
    address, asked = recorded
    asked.clear()
    talk = TalkFactory(
        title="Tests",
        conference__title="Conf",
        room="Main hall",
        abstract="What tests tell.",
        announced={"title": "Testing", "room": "Attic"},
    )
    RecordingFactory(talk=talk, provider="file", url=address, video_id="", offset_seconds=5)
    moment = dt.datetime(2017, 4, 10, 12, tzinfo=dt.UTC)
    for title, later in (("First", 0), ("Second", 1)):
        RecapFactory(
            title=title,
            talk=talk,
            body=BODY,
            verdict="partly",
            author=UserFactory(public_name=f"Author of {title}"),
            published_at=moment + dt.timedelta(days=later),
        )
    return talk


def faults_of(page):
    """Return the list into which errors of scripts and of the policy will go."""
    faults = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    return faults


def wait_for_second(page, second):
    page.wait_for_function(
        "second => { const v = document.querySelector('#player video');"
        " return v && !v.paused && v.currentTime >= second && v.currentTime < second + 5 }",
        arg=second,
    )


def test_timestamps_seek_the_recording_and_nothing_is_loaded_before(page, site, talk, recorded):
    _address, asked = recorded
    faults = faults_of(page)
    page.goto(f"{site}{PAGE}", wait_until="networkidle")
    before = list(asked)

    page.get_by_role("link", name="12:34").first.click()
    wait_for_second(page, 759)
    assert page.get_by_role("status").inner_text() == "The recording plays from 12:34."
    assert page.evaluate("location.hash").endswith("-754")
    page.get_by_role("link", name="2:10").last.click()
    wait_for_second(page, 135)

    assert before == []
    assert set(asked) == {"/talk.mp4"}
    assert page.url.startswith(f"{site}{PAGE}#note-t-")
    assert page.locator(".timestamp[aria-current]").all_inner_texts() == ["2:10"]
    assert faults == []


def test_player_is_opened_reached_and_closed_by_keyboard(page, site, talk):
    page.goto(f"{site}{PAGE}")

    page.get_by_role("button", name="Play here").focus()
    page.keyboard.press("Enter")
    wait_for_second(page, 5)
    page.get_by_role("link", name="12:34").first.focus()
    page.keyboard.press("Enter")
    wait_for_second(page, 759)
    kept = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    reached = page.evaluate("document.activeElement.id")
    page.keyboard.press("Escape")

    assert (kept, reached) == ("12:34", "player")
    assert page.locator("#player").is_hidden()
    assert page.locator("video").count() == 0
    assert page.evaluate("document.activeElement.textContent") == "12:34"


def test_shared_moment_is_shown_and_loads_nothing(page, site, talk, recorded):
    _address, asked = recorded
    page.goto(f"{site}{PAGE}")
    anchor = page.get_by_role("link", name="12:34").last.get_attribute("id")

    page.goto("about:blank")
    page.goto(f"{site}{PAGE}#{anchor}", wait_until="networkidle")

    assert page.locator(":target").inner_text() == "12:34"
    assert page.locator(":target").evaluate("e => getComputedStyle(e).boxShadow") != "none"
    assert asked == []


def test_frame_of_a_host_gets_the_second_and_the_origin_alone(page, site, talk):
    talk.recordings.update(
        provider="youtube", url="https://youtu.be/abcdef12345", video_id="abcdef12345"
    )
    requests = []

    def answer(route):
        requests.append((route.request.url, route.request.headers.get("referer")))
        route.fulfill(body="<title>x</title>", content_type="text/html")

    page.route("https://www.youtube-nocookie.com/**", answer)
    faults = faults_of(page)
    page.goto(f"{site}{PAGE}", wait_until="networkidle")
    before = list(requests)
    length = page.evaluate("history.length")
    for moment in ("12:34", "2:10"):
        with page.expect_response("https://www.youtube-nocookie.com/**"):
            page.get_by_role("link", name=moment).first.click()

    base = "https://www.youtube-nocookie.com/embed/abcdef12345?autoplay=1&playsinline=1&rel=0"
    assert before == []
    assert requests == [(f"{base}&start=759", f"{site}/"), (f"{base}&start=135", f"{site}/")]
    assert page.get_by_title("Recording on youtu.be").count() == 1
    assert page.evaluate("history.length") == length
    assert faults == []


def test_file_that_does_not_play_is_offered_as_a_link(page, site, talk, recorded):
    address = recorded[0].replace("talk.mp4", "gone.mp4")
    talk.recordings.update(url=address)
    page.route(address, lambda route: route.fulfill(status=404))
    page.goto(f"{site}{PAGE}")

    page.get_by_role("button", name="Play here").click()

    assert page.get_by_role("link", name="Open it at its host").get_attribute("href") == address


def test_without_javascript_timestamps_are_links_and_the_switch_works(
    browser, site, talk, recorded
):
    address, asked = recorded
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()
    page.goto(f"{site}{PAGE}", wait_until="networkidle")

    link = page.get_by_role("link", name="12:34").first.get_attribute("href")
    beside = tops(page)
    page.get_by_label("below each other").check()
    below = tops(page)

    assert link == f"{address}#t=759"
    assert page.get_by_role("button", name="Play here").count() == 0
    assert (beside[0] == beside[1], below[0] < below[1]) == (True, True)
    assert asked == []
    context.close()


def tops(page):
    return [title.bounding_box()["y"] for title in page.locator(".recap-title").all()]


def test_layout_of_recaps_is_remembered_without_a_cookie(page, site, talk):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{site}{PAGE}")
    first = tops(page)
    page.get_by_label("below each other").check()

    page.goto("about:blank")
    page.goto(f"{site}{PAGE}")
    second = tops(page)

    assert (first[0] == first[1], second[0] < second[1]) == (True, True)
    assert page.context.cookies() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_page_with_open_player_is_accessible_and_fits(page, site, talk, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}{PAGE}")

    page.get_by_role("link", name="12:34").last.click()
    wait_for_second(page, 759)
    # The end of its coming in: colours are mixed before.
    page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
    results = Axe().run(page)

    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert is_free(page, ".timestamp[aria-current]")


def is_free(page, selector):
    """Tell whether nothing lies over the middle of the element."""
    return page.locator(selector).evaluate(
        """element => {
          const box = element.getBoundingClientRect();
          const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return top === element;
        }"""
    )


@pytest.mark.parametrize("width", [360, 1024, 1440])
def test_running_text_can_all_be_read_beside_the_open_player(page, site, talk, width):
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{site}{PAGE}")
    page.get_by_role("button", name="Play here").click()
    wait_for_second(page, 5)

    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")

    player = page.locator("#player").bounding_box()
    footer = page.locator(".site-footer").bounding_box()
    text = page.locator(".recap .prose").first.bounding_box()
    is_below = footer["y"] + footer["height"] <= player["y"] + 1
    is_beside = (
        player["x"] + player["width"] <= text["x"] or text["x"] + text["width"] <= player["x"]
    )
    assert is_below or is_beside


def test_footnotes_and_what_scrolls_are_reached_by_finger_and_keyboard(page, site, talk):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{site}{PAGE}")

    for name in (".prose pre", ".prose .table-box"):
        box = page.locator(name).first
        assert box.evaluate("e => e.scrollWidth > e.clientWidth && e.tabIndex === 0"), name
    for name in (".footnote-ref a", ".footnote-backref"):
        mark = page.locator(name).first
        mark.scroll_into_view_if_needed()
        middle = mark.bounding_box()
        page.mouse.click(middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2 - 10)
        page.wait_for_url(f"**{mark.get_attribute('href')}")
