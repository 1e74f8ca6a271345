"""The editor's page: the text first, what belongs beside it, and one button that saves."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from recaps.models import Recap
from speakers.factories import SpeakerFactory
from talks.enums import AbstractFormat
from talks.factories import TagFactory, TalkFactory
from tests.browser.editing import ADD, address_of, status, type_at_end, wait_for
from tests.browser.test_curating import log_in

DESK, PHONE = (1440, 900), (360, 640)
KEYBOARD_OPEN = (360, 340)
LONG = "Antidisestablishmentarianism and what conferences make of it, " * 3
ABSTRACT = "We *moor* boats.\n\nThen we count them."


@pytest.fixture
def talk(transactional_db):
    ada = SpeakerFactory(name="Ada Mole")
    return TalkFactory(
        title=LONG,
        abstract=ABSTRACT,
        abstract_format=AbstractFormat.MARKDOWN,
        speakers=[ada],
        conference__title="Pier Conf",
    )


def open_editor(page, site, path, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    log_in(page, site)
    page.goto(f"{site}{path}")
    page.locator(".editor").wait_for()


def is_in_view(locator):
    return locator.evaluate(
        """part => {
          const box = part.getBoundingClientRect();
          const [x, y] = [box.x + Math.min(box.width, 40) / 2, box.y + box.height / 2];
          return part.contains(document.elementFromPoint(x, y));
        }"""
    )


@pytest.mark.parametrize(("size", "most"), [(DESK, 300), (PHONE, 500)])
def test_the_text_begins_on_the_first_screen(page, site, talk, size, most):
    recap = RecapFactory(talk=talk, title="", body="Words.", draft=True)
    open_editor(page, site, address_of(recap), size)

    assert page.locator("[name=body]").bounding_box()["y"] < most
    line = page.locator(".editor-about > summary")
    assert line.get_by_role("heading", name=LONG.strip()).count() == 1
    assert "Pier Conf" in line.inner_text()
    assert not page.locator("[name=title]").is_visible()
    line.click()
    assert page.locator("[name=title]").is_visible()


@pytest.mark.parametrize("size", [DESK, PHONE, KEYBOARD_OPEN])
def test_time_status_and_save_stay_in_view_of_a_long_text(page, site, talk, size):
    recap = RecapFactory(talk=talk, body="A line.\n\n" * 400, draft=True)
    open_editor(page, site, address_of(recap), size)
    type_at_end(page, "The last words.")

    seen = [page.locator("[data-do=stamp]"), status(page), page.locator("[name=_continue]")]
    assert [is_in_view(part) for part in seen] == [True, True, True]


def test_one_button_saves_and_stays_and_the_others_are_behind_it(page, site, talk):
    recap = RecapFactory(talk=talk, body="Words.", draft=True)
    open_editor(page, site, address_of(recap), DESK)
    ways = page.locator(".submit-row input[type=submit]:visible")
    assert ways.evaluate_all("all => all.map(one => one.value)") == ["Save"]

    type_at_end(page, " More.")
    ways.click()
    wait_for(page, "Saved at")
    page.get_by_text("Save and …").click()
    behind = page.locator(".other-saves input").evaluate_all("all => all.map(one => one.value)")
    with page.expect_navigation():
        page.get_by_role("button", name="Save and close").click()

    assert Recap.objects.get().body == "Words. More."
    assert page.url == f"{site}/admin/recaps/recap/"
    assert behind == [
        "Save and publish",
        "Save and go on to the next talk",
        "Save and add another",
        "Save and close",
    ]


def test_focus_shows_nothing_but_the_text_until_escape(page, site, talk):
    recap = RecapFactory(talk=talk, body="Words.", draft=True)
    open_editor(page, site, address_of(recap), PHONE)
    around = ["#header", ".editor-about", ".field-summary", ".object-tools"]
    shown = [all(page.locator(part).first.is_visible() for part in around)]
    page.get_by_role("button", name="Focus").click()
    shown += [page.locator(part).first.is_visible() for part in around]
    type_at_end(page, " More.")
    page.keyboard.press("Control+s")
    wait_for(page, "Saved at")
    page.keyboard.press("Escape")
    shown.append(all(page.locator(part).first.is_visible() for part in around))

    assert shown == [True, False, False, False, False, True]
    assert Recap.objects.get().body == "Words. More."


def test_what_was_announced_is_beside_the_text(page, site, talk):
    other = TalkFactory(title="Ropes", abstract="Of ropes.", conference=talk.conference)
    open_editor(page, site, f"{ADD}?talk={talk.pk}", DESK)
    beside = page.locator(".editor-talk")
    region = page.get_by_role("region", name="As announced")

    assert "Ada Mole" in beside.locator("summary").inner_text()
    assert region.locator("em").inner_text() == "moor"
    place, text = region.bounding_box(), page.locator("[name=body]").bounding_box()
    assert place["x"] > text["x"] + text["width"]

    page.evaluate(
        """(pk) => {
          const { jQuery } = window.django;
          jQuery("[name=talk]").append(new Option("Ropes", pk, true, true)).trigger("change");
        }""",
        other.pk,
    )
    region.get_by_text("Of ropes.").wait_for()


def test_on_a_phone_it_is_folded_above_the_text(page, site, talk):
    open_editor(page, site, f"{ADD}?talk={talk.pk}", PHONE)
    region = page.get_by_role("region", name="As announced")

    assert region.count() == 0
    page.locator(".editor-talk > summary").click()
    assert region.bounding_box()["y"] < page.locator("[name=body]").bounding_box()["y"]


def test_address_that_is_pasted_over_words_links_them_and_undo_takes_it_back(opened):
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.evaluate("navigator.clipboard.writeText('http://harbour.example/')")
    area = opened.locator("[name=body]")
    area.fill("one two three")
    area.evaluate("area => area.setSelectionRange(4, 7)")
    area.press("Control+v")
    linked = area.input_value()
    area.press("Control+z")

    assert (linked, area.input_value()) == (
        "one [two](http://harbour.example/) three",
        "one two three",
    )


def test_tags_go_where_a_talk_is_chosen(page, site, talk):
    open_editor(page, site, ADD, DESK)
    tags = page.locator("[name=tags]")
    shown = [tags.is_visible()]
    page.evaluate(
        """(pk) => {
          const { jQuery } = window.django;
          jQuery("[name=talk]").append(new Option("Talk", pk, true, true)).trigger("change");
        }""",
        talk.pk,
    )
    tags.wait_for(state="hidden")
    shown.append(tags.is_visible())

    assert shown == [True, False]


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_no_accessibility_fault(page, site, talk, size, scheme):
    page.emulate_media(color_scheme=scheme)
    open_editor(page, site, f"{ADD}?talk={talk.pk}", size)
    page.get_by_text("Save and …").click()

    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert Axe().run(page).generate_report().startswith("Found 0 ")


def test_without_scripts_the_same_page_saves(browser, site, talk):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, site)
    page.goto(f"{site}{ADD}?talk={talk.pk}")
    page.locator(".editor-talk > summary").click()
    assert page.get_by_text("Then we count them.").is_visible()
    page.locator("[name=body]").fill("Plainly typed.")
    with page.expect_navigation():
        page.locator("[name=_continue]").click()

    assert Recap.objects.get().body == "Plainly typed."
    context.close()


def test_lists_of_the_admin_fit_a_desk(page, site, transactional_db):
    conference = ConferenceFactory(title="Conference of very many words in its own long name")
    tags = [TagFactory(name="deployment"), TagFactory(name="observability")]
    for number in range(3):
        talk = TalkFactory(title=f"{number} {LONG}", conference=conference, tags=tags)
        RecapFactory(talk=talk, title=f"{number} {LONG}")
    page.set_viewport_size({"width": 1440, "height": 900})
    log_in(page, site)
    wide = {}
    for name in ("talks/talk", "recaps/recap", "conferences/conference", "exchange/importrun"):
        page.goto(f"{site}/admin/{name}/")
        box = page.locator("#changelist .results")
        if box.count() and box.evaluate("box => box.scrollWidth > box.clientWidth"):
            wide[name] = box.evaluate("box => [box.scrollWidth, box.clientWidth]")

    assert wide == {}
