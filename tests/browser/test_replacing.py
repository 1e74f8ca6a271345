"""Whatever a script puts into a text: the next key deletes none of it, and undo takes it back.

After each change a real key is pressed and the whole text compared; then it is undone.
"""

import re

import pytest

from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from talks.factories import TagFactory
from tests.browser.editing import address_of, type_at_end, wait_for
from tests.browser.pictures import TRANSFER, add_picture, picture

TEXT = "one two three\nfour"
# The whole text after the button was pressed with "two" selected, and "x" was typed.
BUTTONS = {
    "bold": "one **two**x three\nfour",
    "italic": "one *two*x three\nfour",
    "heading": "## one twox three\nfour",
    "list": "- one twox three\nfour",
    "task": "- [ ] one twox three\nfour",
    "quote": "> one twox three\nfour",
    "code": "one `two`x three\nfour",
    "link": "one [two](https://x) three\nfour",
    "thing": "one [[two]]x three\nfour",
    "stamp": "one [0:00] xtwo three\nfour",
}
# … with the caret before it.
AT_CARET = {
    "bold": "one **x**two three\nfour",
    "italic": "one *x*two three\nfour",
    "heading": "## one xtwo three\nfour",
    "list": "- one xtwo three\nfour",
    "task": "- [ ] one xtwo three\nfour",
    "quote": "> one xtwo three\nfour",
    "code": "one `x`two three\nfour",
    "link": "one [](https://x)two three\nfour",
    "thing": "one [[x]]two three\nfour",
    "stamp": "one [0:00] xtwo three\nfour",
}
KEYS = {"Control+b": "bold", "Control+i": "italic", "Control+k": "link", "Control+;": "stamp"}
CHANGE_NO_TEXT = {"start", "recording", "preview", "image", "focus"}


@pytest.fixture
def area(opened):
    return opened.locator("[name=body]")


@pytest.fixture
def pictures_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def begin(area, start, end):
    """Write the text by keys, for undo to stop at, and select a part of it."""
    area.press("Control+a")
    area.page.keyboard.type(TEXT)
    area.evaluate("(area, part) => area.setSelectionRange(...part)", [start, end])


def text_of(area):
    """The text; a clock that was started a moment ago is taken to say 0:00."""
    return re.sub(r"\[0:0\d\]", "[0:00]", area.input_value())


def press_x_and_undo(area):
    """Type a letter, then undo that and what was done before; return both texts."""
    area.page.keyboard.type("x")
    typed = text_of(area)
    for _ in range(2):
        area.page.keyboard.press("Control+z")
    return typed, text_of(area)


@pytest.mark.parametrize(
    ("part", "expected"),
    [pytest.param((4, 7), BUTTONS, id="selection"), pytest.param((4, 4), AT_CARET, id="caret")],
)
def test_no_button_leaves_what_the_next_key_deletes(opened, area, part, expected):
    bar = opened.get_by_role("toolbar", name="Text")
    names = bar.locator("[data-do]").evaluate_all("all => all.map((one) => one.dataset.do)")
    found = {}
    for name in set(names) - CHANGE_NO_TEXT:
        begin(area, *part)
        bar.locator(f"[data-do={name}]").click()
        found[name] = press_x_and_undo(area)

    assert found == {name: (text, TEXT) for name, text in expected.items()}


@pytest.mark.parametrize("name", ["heading", "list", "task", "quote"])
def test_signs_of_many_lines_come_and_go_and_leave_the_lines(opened, area, name):
    button = opened.locator(f"[data-do={name}]")
    begin(area, 0, len(TEXT))
    button.click()
    put_in = press_x_and_undo(area)
    area.fill(put_in[0].removesuffix("x"))
    area.press("Control+a")
    button.click()
    taken_away = press_x_and_undo(area)

    sign = put_in[0].partition("one")[0]
    assert put_in == (f"{sign}one two three\n{sign}fourx", TEXT)
    assert taken_away == (f"{TEXT}x", put_in[0].removesuffix("x"))


@pytest.mark.parametrize("signs", ["**", "*", "`"])
def test_signs_that_are_taken_away_leave_the_words(opened, area, signs):
    name = {"**": "bold", "*": "italic", "`": "code"}[signs]
    area.fill(f"{signs}two{signs}")
    area.evaluate("(a, at) => a.setSelectionRange(at, at + 3)", len(signs))
    opened.locator(f"[data-do={name}]").click()

    assert press_x_and_undo(area) == ("twox", f"{signs}two{signs}")


@pytest.mark.parametrize(("keys", "name"), KEYS.items())
def test_no_key_leaves_what_the_next_key_deletes(area, keys, name):
    found = {}
    for part, expected in (((4, 7), BUTTONS), ((4, 4), AT_CARET)):
        begin(area, *part)
        area.press(keys)
        found[part] = (*press_x_and_undo(area), expected[name])

    assert all(typed == right and undone == TEXT for typed, undone, right in found.values()), found


def test_address_that_is_pasted_into_a_new_link_is_its_whole_address(opened, area):
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.evaluate("navigator.clipboard.writeText('http://harbour.example/')")
    begin(area, 4, 7)
    area.press("Control+k")
    area.press("Control+v")

    assert area.input_value() == "one [two](http://harbour.example/) three\nfour"


@pytest.mark.parametrize("kind", ["paste", "drop", "choose"])
def test_picture_leaves_the_caret_behind_it_and_undo_takes_it_back(
    pictures_folder, opened, area, kind
):
    begin(area, 4, 7)
    add_picture(opened, kind, "Plan")
    wait_for_pictures(opened, 1)

    typed, undone = press_x_and_undo(area)

    assert (without_addresses(typed), undone) == ("one two![Plan]()x three\nfour", TEXT)


def test_picture_after_picture_is_kept(pictures_folder, opened, area):
    area.fill("")
    for number, alt in enumerate(("One", "Two", "Three"), start=1):
        add_picture(opened, "paste", alt, picture(colour=(number, 0, 0)))
        wait_for_pictures(opened, number)
        opened.keyboard.type(".")

    assert without_addresses(area.input_value()) == "![One]().![Two]().![Three]()."


def hold(page, address):
    """Let requests wait; return the list that each comes into, to be let go from there."""
    routes = []
    page.route(address, lambda route: routes.append(route))  # noqa: PLW0108 -- Playwright marks its handlers
    return routes


@pytest.fixture
def held(opened):
    """Pictures that are sent and wait, each until it is let go."""
    return hold(opened, "**/images/image/upload/")


def let_go(opened, held, number):
    before = opened.locator("[name=body]").input_value().count("](/")
    held[number].continue_()
    wait_for_pictures(opened, before + 1)


# By what is typed, meanwhile and afterwards, where two pictures come in that were put before "two".
MEANWHILE = {
    ("x",): "one ![A]()![B]()xtwo three\nfour",
    ("and", "x"): "one ![A]()![B]()andxtwo three\nfour",
    ("Control+Home", "0", "x"): "0xone ![A]()![B]()two three\nfour",
    ("Control+End", "5", "x"): "one ![A]()![B]()two three\nfour5x",
    ("Shift+Home", "0", "x"): "0![A]()![B]()xtwo three\nfour",
    ("Control+a", "new", "x"): "![A]()![B]()newx",
    ("Control+Home", "Delete", "x"): "xne ![A]()![B]()two three\nfour",
    ("Control+Home", "o", "Control+z", "x"): "xone ![A]()![B]()two three\nfour",
}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_pictures_come_where_they_were_put_whoever_is_first_and_whatever_is_typed(
    pictures_folder, opened, area, held, order
):
    found = {}
    for *meanwhile, last in MEANWHILE:
        held.clear()
        begin(area, 4, 4)
        for number, alt in enumerate("AB"):
            add_picture(opened, "paste", alt, picture(colour=(len(found), number, 0)))
            wait_for_sent(opened, held, number + 1)
        for keys in meanwhile:
            type_or_press(opened, keys)
        for number in order:
            let_go(opened, held, number)
        opened.keyboard.type(last)
        found[*meanwhile, last] = without_addresses(area.input_value())

    assert found == MEANWHILE


def type_or_press(page, keys):
    press = "+" in keys or keys == "Delete"
    (page.keyboard.press if press else page.keyboard.type)(keys)


def wait_for_sent(page, held, count):
    for _ in range(500):
        if len(held) >= count:
            return
        page.wait_for_timeout(20)
    pytest.fail(f"{len(held)} of {count} requests were sent within 10 s")


def test_picture_that_comes_while_somebody_types_in_another_field(
    pictures_folder, opened, area, held
):
    begin(area, 4, 4)
    add_picture(opened, "paste", "A")
    wait_for_sent(opened, held, 1)
    summary = opened.locator("[name=summary]")
    summary.fill("Harbour")
    summary.evaluate("field => field.setSelectionRange(2, 4)")
    let_go(opened, held, 0)
    opened.keyboard.type("x")

    assert summary.input_value() == "Haxour"
    assert without_addresses(area.input_value()) == "one ![A]()two three\nfour"
    area.focus()
    for _ in range(2):  # first what was typed last, wherever that was
        opened.keyboard.press("Control+z")
    assert area.input_value() == TEXT


def test_picture_that_comes_while_the_next_one_is_asked_for(pictures_folder, opened, area, held):
    begin(area, 4, 4)
    add_picture(opened, "paste", "A")
    wait_for_sent(opened, held, 1)
    opened.evaluate(TRANSFER, ["paste", "B.png", list(picture(colour="red"))])
    with opened.expect_response("**/images/image/upload/"):
        held[0].continue_()
    opened.keyboard.type("B")
    opened.keyboard.press("Enter")
    wait_for_sent(opened, held, 2)
    let_go(opened, held, 1)
    wait_for_pictures(opened, 2)
    opened.keyboard.type("x")

    assert without_addresses(area.input_value()) == "one ![A]()![B]()xtwo three\nfour"


def test_picture_comes_while_a_narrow_screen_shows_the_preview(pictures_folder, opened, area, held):
    opened.set_viewport_size({"width": 360, "height": 640})
    begin(area, 4, 4)
    add_picture(opened, "paste", "A")
    wait_for_sent(opened, held, 1)
    opened.get_by_role("button", name="Preview").click()
    let_go(opened, held, 0)

    assert without_addresses(area.input_value()) == "one ![A]()two three\nfour"
    opened.locator("[data-do=bold]").click()  # shows the text again
    opened.keyboard.type("x")
    assert without_addresses(area.input_value()) == "one ![A]()**x**two three\nfour"


def test_what_is_saved_while_a_picture_is_sent_has_no_half_of_it(
    pictures_folder, opened, area, held, recap
):
    begin(area, 4, 4)
    add_picture(opened, "paste", "A")
    wait_for_sent(opened, held, 1)
    opened.get_by_text("Sending A.png").wait_for()
    opened.keyboard.press("Control+s")
    wait_for(opened, "Saved at")

    recap.refresh_from_db()
    assert recap.body == TEXT
    let_go(opened, held, 0)
    assert opened.get_by_text("Sending A.png").count() == 0


def test_tag_that_is_taken_from_the_list_leaves_the_caret_behind_it(opened, site):
    TagFactory(name="testing")
    recap = RecapFactory(talk=None, conference=ConferenceFactory(), draft=True)
    opened.goto(f"{site}{address_of(recap)}")
    line = opened.locator("[name=tags]")
    line.fill("docker, te, web")
    line.evaluate("line => line.setSelectionRange(10, 10)")
    line.press("s")
    opened.get_by_role("option", name="testing").wait_for()
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("Enter")
    opened.keyboard.type("x")
    typed = line.input_value()
    for _ in range(2):
        opened.keyboard.press("Control+z")

    assert (typed, line.input_value()) == ("docker, testing, xweb", "docker, tes, web")


def test_address_that_is_typed_while_a_save_is_under_way_stays(opened, recap):
    saves = hold(opened, "**/change/")
    type_at_end(opened, " More.")
    opened.keyboard.press("Control+s")
    wait_for_sent(opened, saves, 1)
    slug = opened.locator("[name=slug]")
    slug.fill("mine")
    saves[0].continue_()
    wait_for(opened, "Saved at")

    assert slug.input_value() == "mine"


def wait_for_pictures(page, count):
    """Wait until a text has so many pictures."""
    there = "(count) => document.querySelector('[name=body]').value.split('](/').length > count"
    page.wait_for_function(there, arg=count)


def without_addresses(text):
    return re.sub(r"\]\(/[^)]+\)", "]()", text)
