"""Writing a recap: nothing that was typed is lost, whatever happens in the meantime."""

import datetime as dt
import io
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from urllib.parse import quote

import PIL.Image
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import User
from browser_tests.test_curating import PASSWORD, log_in, sign_in
from images.models import Image
from recaps.factories import RecapFactory
from recaps.models import Recap, WorkingCopy
from recaps.publishing import publish_recaps
from talks.factories import TalkFactory
from talks.models import Talk

ADD = "/admin/recaps/recap/add/"


def address_of(recap):
    return f"/admin/recaps/recap/{recap.pk}/change/"


def status(page):
    return page.locator(".editor [role=status]")


def wait_for(page, words):
    status(page).filter(has_text=words).wait_for()


def type_at_end(page, text):
    page.locator("[name=body]").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


@pytest.fixture
def recap(transactional_db):
    return RecapFactory(title="Harbour notes", body="First words.", draft=True)


@pytest.fixture
def opened(page, site, recap):
    """A signed-in page with the editor of a recap."""
    log_in(page, site)
    page.goto(f"{site}{address_of(recap)}")
    page.locator(".editor").wait_for()
    return page


@pytest.fixture
def mortal_server(transactional_db, tmp_path):
    """A server of its own process, that can be killed and started again at its address."""
    server = MortalServer(tmp_path)
    server.start()
    yield server
    server.kill()


class MortalServer:
    """gunicorn on the tests' database."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder

    def start(self):
        command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{self.port}"]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [*command, "notes_site.wsgi"],
                cwd=settings.BASE_DIR,
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for _ in range(300):
            with suppress(OSError), urllib.request.urlopen(f"{self.url}/health/"):
                return
            time.sleep(0.1)
        raise AssertionError((self.folder / "log").read_text())

    def kill(self):
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def environment(self):
        database = connection.settings_dict
        names = {"USER": "", "PASSWORD": "", "HOST": "", "PORT": "", "NAME": ""}
        user, password, host, port, name = (quote(str(database[key]), "") for key in names)
        secret = f":{password}" if password else ""
        return {
            **{key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ},
            "DATABASE_URL": f"postgres://{user}{secret}@{host}:{port}/{name}",
            "SECRET_KEY": settings.SECRET_KEY,
            "SITE_URL": self.url,
            "VAR_DIR": str(self.folder),
            "DEBUG": "1",  # static files as they are
        }


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


def test_text_is_kept_on_the_server_within_three_seconds(opened, recap):
    type_at_end(opened, " More.")

    status(opened).filter(has_text="Kept on the server").wait_for(timeout=3_000)

    copy = WorkingCopy.objects.get()
    assert copy.typed["body"] == "First words. More."
    assert Recap.objects.get().body == "First words."


def test_save_by_key_stays_on_the_page_and_leaves_no_unsaved_text(opened, recap):
    type_at_end(opened, " More.")
    opened.keyboard.press("Control+s")
    wait_for(opened, "Saved at")
    type_at_end(opened, " And more.")
    opened.keyboard.press("Control+s")
    wait_for(opened, "Saved at")
    opened.reload()

    assert opened.locator("[name=body]").input_value() == "First words. More. And more."
    assert opened.locator(".unsaved").count() == 0
    # One sitting, one version, beside the first one.
    assert [v.body for v in recap.versions.order_by("number")] == [
        "First words.",
        "First words. More. And more.",
    ]


def test_closed_tab_loses_nothing(opened, site, recap):
    type_at_end(opened, " More.")
    wait_for(opened, "Kept on the server")
    context = opened.context
    opened.close()

    page = context.new_page()
    page.goto(f"{site}{address_of(recap)}")
    notice = page.get_by_role("region", name="Unsaved text")
    assert "It is newer than the saved text." in notice.inner_text()
    notice.get_by_text("Show both texts").click()
    assert notice.locator("ins").inner_text() == " More."
    with page.expect_navigation():
        notice.get_by_role("button", name="Go on with the unsaved text").click()

    assert page.locator("[name=body]").input_value() == "First words. More."
    page.keyboard.press("Control+s")
    wait_for(page, "Saved at")
    assert Recap.objects.get().body == "First words. More."
    page.reload()
    assert page.locator(".unsaved").count() == 0


def test_unsaved_text_can_be_thrown_away(opened, site, recap):
    type_at_end(opened, " More.")
    wait_for(opened, "Kept on the server")
    opened.goto(f"{site}{address_of(recap)}")

    with opened.expect_navigation():
        opened.get_by_role("button", name="Throw it away").click()

    assert opened.locator("[name=body]").input_value() == "First words."
    assert opened.locator(".unsaved").count() == 0


def test_killed_server_that_comes_back_gets_what_was_typed(page, client, mortal_server):
    recap = RecapFactory(body="First words.", draft=True)
    client.force_login(UserFactory(superuser=True))
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([{**session, "url": mortal_server.url}])
    page.goto(f"{mortal_server.url}{address_of(recap)}")
    mortal_server.kill()

    type_at_end(page, " Typed into the void.")
    wait_for(page, "Kept in this browser only")
    page.keyboard.press("Control+s")
    wait_for(page, "Not saved: the server cannot be reached")
    mortal_server.start()
    wait_for(page, "Kept on the server")
    page.keyboard.press("Control+s")
    wait_for(page, "Saved at")

    assert Recap.objects.get().body == "First words. Typed into the void."


def test_expired_session_saves_in_place_after_the_password(opened, site, recap):
    type_at_end(opened, " More.")
    Session.objects.all().delete()

    opened.keyboard.press("Control+s")
    dialog = opened.get_by_role("dialog", name="You were signed out")
    dialog.get_by_label("Password").fill("a wrong one")
    dialog.get_by_role("button", name="Sign in").click()
    dialog.get_by_role("alert").filter(has_text="Please enter the correct").wait_for()
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    wait_for(opened, "Saved at")

    assert Recap.objects.get().body == "First words. More."
    assert opened.url == f"{site}{address_of(recap)}"


def test_expired_session_while_typing_is_said_and_mended(opened):
    Session.objects.all().delete()
    type_at_end(opened, " More.")
    wait_for(opened, "you are signed out")

    opened.get_by_role("button", name="Sign in again").click()
    opened.get_by_role("dialog").get_by_label("Password").fill(PASSWORD)
    opened.keyboard.press("Enter")

    wait_for(opened, "Kept on the server")
    assert WorkingCopy.objects.get().typed["body"] == "First words. More."


def test_text_never_becomes_another_persons_who_signs_in_meanwhile(opened, site, recap):
    type_at_end(opened, " Secret.")
    wait_for(opened, "Kept on the server")
    UserFactory(superuser=True, username="other", password=make_password(PASSWORD))
    window = opened.context.new_page()
    opened.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    sign_in(window, site, "other")

    for words in (" More.", " Still more."):
        type_at_end(opened, words)
        wait_for(opened, "you are signed out")
    opened.keyboard.press("Control+s")
    opened.get_by_role("dialog", name="You were signed out").wait_for()

    assert Recap.objects.get().body == "First words."
    copies = WorkingCopy.objects.values_list("author__username", "typed__body")
    assert list(copies) == [("curator", "First words. Secret.")]


def test_copy_of_a_window_keeps_its_text_apart(opened, site, recap):
    type_at_end(opened, " Typed.")
    wait_for(opened, "Kept on the server")
    opened.goto(f"{site}{address_of(recap)}?copy={WorkingCopy.objects.get().sitting}")
    wait_for(opened, "Kept on the server")
    other = opened.context.new_page()
    other.goto(opened.url)

    for page, words in ((opened, " One."), (other, " Two.")):
        type_at_end(page, words)
        wait_for(page, "Typing")
        wait_for(page, "Kept on the server")

    bodies = WorkingCopy.objects.with_text().values_list("typed__body", flat=True)
    assert sorted(bodies) == ["First words. Typed. One.", "First words. Typed. Two."]


def test_recap_published_meanwhile_says_so_and_gives_the_text_back(page, site, recap):
    writer = recap.author
    User.objects.filter(pk=writer.pk).update(is_staff=True, password=make_password(PASSWORD))
    writer.groups.add(Group.objects.get(name="Note-takers"))
    sign_in(page, site, writer.username)
    page.goto(f"{site}{address_of(recap)}")
    page.locator(".editor").wait_for()
    publish_recaps(Recap.objects.all(), by=None)

    type_at_end(page, " More.")
    wait_for(page, "the server does not take it")
    with page.expect_navigation():
        page.keyboard.press("Control+s")

    assert page.get_by_label("Text").input_value() == "First words. More."


def test_save_whose_answer_is_lost_is_sent_again(page, site, transactional_db):
    talk = TalkFactory()
    log_in(page, site)
    page.goto(f"{site}{ADD}?talk={talk.pk}")
    type_at_end(page, "Typed.")

    def lose(route):
        route.fetch()
        route.abort()

    page.route("**/add/?talk=*", lose)
    page.keyboard.press("Control+s")
    wait_for(page, "Not saved: the server cannot be reached")
    page.unroute_all()
    page.keyboard.press("Control+s")
    wait_for(page, "Saved at")

    assert Recap.objects.get().body.endswith("Typed.")


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
        wait_for(opened, "Kept on the server")
    opened.keyboard.press("Control+s")
    wait_for(opened, "Saved at")
    opened.context.set_offline(True)
    for _ in range(2):
        type_at_end(opened, " More.")
        wait_for(opened, "Kept in this browser only")

    assert opened.evaluate("said") == ["saved", "here"]


def test_keys_work_where_the_layout_has_no_latin_letters(opened, recap):
    type_at_end(opened, " Ещё.")
    opened.locator("[name=body]").dispatch_event(
        "keydown", {"key": "ы", "code": "KeyS", "ctrlKey": True, "bubbles": True}
    )
    wait_for(opened, "Saved at")

    assert Recap.objects.get().body == "First words. Ещё."


def test_second_of_two_browsers_gets_both_texts(opened, browser, site, recap):
    other = browser.new_context().new_page()
    sign_in(other, site, "curator")
    other.goto(f"{site}{address_of(recap)}")
    type_at_end(other, " Theirs.")
    other.keyboard.press("Control+s")
    wait_for(other, "Saved at")

    type_at_end(opened, " Mine.")
    opened.get_by_text("Somebody saved another text meanwhile").wait_for()
    with opened.expect_navigation():
        opened.keyboard.press("Control+s")

    conflict = opened.locator(".conflict")
    assert (conflict.locator("del").inner_text(), conflict.locator("ins").inner_text()) == (
        "Theirs",
        "Mine",
    )
    assert opened.locator("[name=body]").input_value() == "First words. Mine."
    opened.locator("[name=body]").fill("First words. Theirs. Mine.")
    opened.keyboard.press("Control+s")
    wait_for(opened, "Saved at")
    assert Recap.objects.get().body == "First words. Theirs. Mine."
    other.context.close()


def test_somebody_else_who_edits_is_named_while_it_is_so(opened, browser, site, recap):
    eve = UserFactory(
        username="eve", public_name="Eve", superuser=True, password=make_password(PASSWORD)
    )
    other = browser.new_context().new_page()
    sign_in(other, site, "eve")
    other.goto(f"{site}{address_of(recap)}")

    other.get_by_text("Somebody else is editing this now:").wait_for()
    type_at_end(opened, " More.")
    opened.get_by_text("Somebody else is editing this now: Eve").wait_for()
    other.context.close()
    gone = timezone.now() - dt.timedelta(minutes=2)
    WorkingCopy.objects.of_author(eve).update(seen_at=gone)
    type_at_end(opened, " More.")
    opened.get_by_text("Somebody else is editing this now").wait_for(state="hidden")


def test_text_typed_offline_is_sent_when_the_network_is_back(opened):
    opened.context.set_offline(True)
    type_at_end(opened, " Offline.")
    wait_for(opened, "Kept in this browser only")

    opened.context.set_offline(False)

    wait_for(opened, "Kept on the server")
    assert WorkingCopy.objects.get().typed["body"] == "First words. Offline."


def test_text_that_only_the_browser_had_comes_back_after_the_tab_was_closed(opened, site, recap):
    context = opened.context
    context.set_offline(True)
    type_at_end(opened, " Offline.")
    wait_for(opened, "Kept in this browser only")
    opened.close()
    context.set_offline(False)

    page = context.new_page()
    page.goto(f"{site}{address_of(recap)}")
    with page.expect_navigation():
        page.get_by_role("button", name="Go on with the unsaved text").click()

    assert page.locator("[name=body]").input_value() == "First words. Offline."


def test_text_that_the_server_does_not_take_is_shown(opened, site, recap):
    context = opened.context
    context.set_offline(True)
    type_at_end(opened, " Offline.")
    wait_for(opened, "Kept in this browser only")
    opened.close()
    context.set_offline(False)
    recap.delete()

    page = context.new_page()
    page.goto(f"{site}{ADD}")
    notice = page.locator(".unsaved").filter(has_text="cannot be kept on the server")
    notice.wait_for()

    assert "First words. Offline." in notice.locator("textarea").input_value()
    notice.get_by_role("button", name="Throw it away").click()
    page.reload()
    page.locator(".editor").wait_for()
    assert page.locator(".unsaved").count() == 0


def test_new_recap_that_was_never_saved_is_offered_again(page, site, transactional_db):
    talk = TalkFactory(title="Tests that tell you why")
    log_in(page, site)
    page.goto(f"{site}{ADD}?talk={talk.pk}")
    page.locator("[name=body]").fill("Typed in the room.")
    wait_for(page, "Kept on the server")

    page.goto(f"{site}{ADD}")
    notice = page.get_by_role("region", name="Unsaved text")
    assert "About “Tests that tell you why”." in notice.inner_text()
    with page.expect_navigation():
        notice.get_by_role("button", name="Go on with the unsaved text").click()
    page.keyboard.press("Control+s")
    wait_for(page, "Saved at")

    recap = Recap.objects.get()
    assert (recap.talk, recap.body, recap.status) == (talk, "Typed in the room.", "draft")
    assert page.url == f"{site}{address_of(recap)}"
    page.keyboard.type(" More.")
    page.keyboard.press("Control+s")
    wait_for(page, "Saved at")
    assert Recap.objects.count() == 1


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


def picture(size=(1200, 800)):
    drawn = io.BytesIO()
    PIL.Image.new("RGB", size, "teal").save(drawn, "PNG")
    return drawn.getvalue()


# Puts a file on the clipboard's or the pointer's way into the text, as a paste or a drop does.
TRANSFER = """([kind, name, bytes]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], name, {type: "image/png"}));
    const facts = {bubbles: true, cancelable: true};
    const event = kind === "paste"
        ? new ClipboardEvent(kind, {...facts, clipboardData: transfer})
        : new DragEvent(kind, {...facts, dataTransfer: transfer});
    document.querySelector("[name=body]").dispatchEvent(event);
}"""


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


def test_picture_that_is_none_is_refused_in_words(pictures_folder, opened):
    opened.evaluate(TRANSFER, ["paste", "evil.png", list(b"<svg onload=alert(1)>")])
    opened.keyboard.press("Enter")

    error = opened.locator(".editor-foot [role=alert]").filter(has_text=".")
    error.wait_for()
    assert opened.locator("[name=body]").input_value() == "First words."
    assert Image.objects.count() == 0


def test_works_without_javascript_and_offers_unsaved_texts(browser, site, recap):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, site)
    page.goto(f"{site}{address_of(recap)}")
    page.locator("[name=body]").fill("Plainly typed.")
    Session.objects.all().delete()
    with page.expect_navigation():
        page.locator("[name=_continue]").click()

    # The session had ended: the login carries the text along.
    page.fill("[name=username]", "curator")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("#login-form [type=submit]")
    assert page.locator("textarea[name=body]").input_value() == "Plainly typed."
    with page.expect_navigation():
        page.get_by_role("button", name="Save now").click()

    assert Recap.objects.get().body == "Plainly typed."
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_editor_has_no_accessibility_fault(page, site, recap, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    log_in(page, site)
    page.goto(f"{site}{address_of(recap)}")
    type_at_end(page, "\n\n```python\nx = 1\n```")
    wait_for(page, "Kept on the server")
    page.goto(f"{site}{address_of(recap)}")  # with an unsaved text above it
    page.locator(".editor").wait_for()

    results = Axe().run(page)

    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
