"""A curator's main job: find talks in the admin, tag all of them at once, see it on the site."""

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from accounts.factories import UserFactory
from talks.factories import TalkFactory

PASSWORD = "harbour lights at dusk"


def log_in(page, site):
    """Make a curator who is signed in already: two pages less for every test of the admin."""
    curator = UserFactory(superuser=True, username="curator", password=make_password(PASSWORD))
    visitor = Client()
    visitor.force_login(curator)
    session = visitor.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": site}])


def sign_in(page, site, username):
    """Sign in as a person does."""
    page.goto(f"{site}/admin/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_curator_tags_all_talks_of_a_conference_across_pages(watched, site, library):
    for number in range(120):
        TalkFactory(conference=library, title=f"Session {number:03}")
    UserFactory(superuser=True, username="curator", password=make_password(PASSWORD))
    sign_in(watched, site, "curator")

    watched.goto(f"{site}/admin/talks/talk/?conference__id__exact={library.pk}")
    watched.locator("#action-toggle").check()
    watched.locator(".actions .question a").click()
    watched.locator("select[name=action]").select_option("add_tags")
    with watched.expect_navigation():
        watched.get_by_role("button", name="Run").or_(
            watched.get_by_role("button", name="Go")
        ).click()
    assert "125" in watched.locator("#content").inner_text()
    watched.locator("[name=tags]").fill("harbour days")
    for _ in range(2):  # the numbers first, where they were not shown before; then the change
        if watched.locator("[name=apply]").count():
            with watched.expect_navigation():
                watched.locator("[name=apply]").first.click()

    assert "125" in watched.locator(".messagelist").inner_text()
    assert "harbour days" in watched.locator(".messagelist").inner_text()
    watched.goto(f"{site}/tags/harbour-days/")
    assert watched.get_by_role("heading", level=1).inner_text() == "harbour days"
    assert "Session" in watched.locator("main").inner_text()
