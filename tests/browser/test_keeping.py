"""Nothing that was typed is lost, whatever happens in the meantime."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import User
from recaps.factories import RecapFactory
from recaps.models import Recap, WorkingCopy
from recaps.states import delete_for_good, publish_recaps
from talks.factories import TalkFactory
from tests.browser.editing import ADD, address_of, status, type_at_end, wait_for
from tests.browser.test_curating import PASSWORD, log_in, sign_in


def test_text_is_kept_on_the_server_within_three_seconds(opened, recap):
    type_at_end(opened, " More.")

    status(opened).filter(has_text="Backed up on the server").wait_for(timeout=3_000)

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
    # One editing session, one version, beside the first one.
    assert [v.body for v in recap.versions.order_by("number")] == [
        "First words.",
        "First words. More. And more.",
    ]


def test_closed_tab_loses_nothing(opened, site, recap):
    type_at_end(opened, " More.")
    wait_for(opened, "Backed up on the server")
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
    wait_for(opened, "Backed up on the server")
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
    wait_for(page, "Backed up in this browser only")
    page.keyboard.press("Control+s")
    wait_for(page, "Not saved: the server cannot be reached")
    mortal_server.start()
    wait_for(page, "Backed up on the server")
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

    wait_for(opened, "Backed up on the server")
    assert WorkingCopy.objects.get().typed["body"] == "First words. More."


def test_text_never_becomes_another_persons_who_signs_in_meanwhile(opened, site, recap):
    type_at_end(opened, " Secret.")
    wait_for(opened, "Backed up on the server")
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
    wait_for(opened, "Backed up on the server")
    opened.goto(f"{site}{address_of(recap)}?copy={WorkingCopy.objects.get().sitting}")
    wait_for(opened, "Backed up on the server")
    other = opened.context.new_page()
    other.goto(opened.url)

    for page, words in ((opened, " One."), (other, " Two.")):
        type_at_end(page, words)
        wait_for(page, "Typing")
        wait_for(page, "Backed up on the server")

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
    wait_for(page, "the server refuses the text")
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
    wait_for(opened, "Backed up in this browser only")

    opened.context.set_offline(False)

    wait_for(opened, "Backed up on the server")
    assert WorkingCopy.objects.get().typed["body"] == "First words. Offline."


def test_text_that_only_the_browser_had_comes_back_after_the_tab_was_closed(opened, site, recap):
    context = opened.context
    context.set_offline(True)
    type_at_end(opened, " Offline.")
    wait_for(opened, "Backed up in this browser only")
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
    wait_for(opened, "Backed up in this browser only")
    opened.close()
    context.set_offline(False)
    delete_for_good(Recap.objects.filter(pk=recap.pk))

    page = context.new_page()
    page.goto(f"{site}{ADD}")
    notice = page.locator(".unsaved").filter(has_text="that the server does not accept")
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
    wait_for(page, "Backed up on the server")

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
