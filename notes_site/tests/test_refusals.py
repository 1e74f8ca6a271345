"""What is refused is refused in the form that whoever asked can read, and kept by nobody."""

import re
import socket
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.test import Client
from gunicorn.http import errors

from accounts.factories import UserFactory
from foundation.pages.csp import accepted_encodings
from notes_site.serving_worker import HeaderedWorker
from recaps.factories import RecapFactory
from talks.factories import TalkFactory

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}
WRONG = {"username": "somebody", "password": "wrong"}


def _paths(patterns, before="/admin/"):
    """Return an address of every pattern below the admin, whatever its values are."""
    for pattern in patterns:
        route = re.sub("<[^>]*>", "1", str(pattern.pattern))
        if hasattr(pattern, "url_patterns"):
            yield from _paths(pattern.url_patterns, before + route)
        else:
            yield before + route


@pytest.mark.walks
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_nothing_below_the_admin_is_kept_by_anybody(client, is_signed_in):
    client.raise_request_exception = False
    paths = [path for path in _paths(admin.site.get_urls()) if "(" not in path]
    user = UserFactory(superuser=True)
    for path in [*paths, "/admin/recaps/", "/admin/no/such/page/", "/admin/recaps/recap/1/change"]:
        if is_signed_in:
            client.force_login(user)
        for method in ("get", "post"):
            response = getattr(client, method)(path)
            assert (path, response.headers["Cache-Control"]) == (path, "private, no-store")
    assert {"/admin/jsi18n/", "/admin/password_change/done/", "/admin/login/"} <= set(paths)
    assert len(paths) > 100


def test_a_public_page_is_still_kept(client):
    assert "no-store" not in client.get("/").headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "javascript:a()", ""]
)
def test_a_refused_address_after_signing_in_leads_to_the_desk(client, wanted):
    user = UserFactory(superuser=True)
    user.set_password("a long enough one")
    user.save()
    form = {"username": user.username, "password": "a long enough one", "next": wanted}

    response = client.post("/admin/login/", form, follow=True)

    assert (response.redirect_chain, response.status_code) == ([("/admin/", 302)], 200)


def test_a_script_reads_why_signing_in_was_refused(client):
    strict = Client(enforce_csrf_checks=True, headers=JSON)
    address = "/admin/session/sign-in/"
    answers = [strict.post(address, WRONG), client.post(address, WRONG, headers=JSON)]
    for _ in range(12):
        last = client.post(address, WRONG, headers=JSON)

    assert [answer.status_code for answer in [*answers, last]] == [403, 400, 429]
    for answer in [*answers, last]:
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.json()["error"]


@pytest.mark.parametrize("name", ["RAW_URI", "REQUEST_URI"])
@pytest.mark.parametrize("slash", ["%2F", "%2f"])
def test_an_encoded_slash_gives_no_page_a_second_address(client, settings, name, slash):
    talk = TalkFactory(title="On trees", conference__slug="conf")
    RecapFactory(talk=talk)
    for address in ("/conferences/conf/on-trees/", "/conferences/conf/", "/tags/"):
        start, _, end = address.rstrip("/").rpartition("/")
        raw = {name: f"{start}{slash}{end}/"}
        assert client.get(address, **raw).status_code == 404
        assert client.get(address, **{name: f"{address}?q=a%2Fb"}).status_code == 200


@pytest.mark.parametrize(
    ("sent", "accepted"),
    [
        ("gzip;q=0", ""),
        ("gzip;q=0.000, br", " br"),
        ("GZIP ; Q = 0 , identity", " identity"),
        ("gzip;q=0.5, br;q=0.001", "gzip;q=0.5, br;q=0.001"),
        ("gzip;q=1", "gzip;q=1"),
        ("*;q=0", ""),
        ("br;q=0;x=1,gzip", "gzip"),
    ],
)
def test_what_a_request_refuses_is_not_accepted(sent, accepted):
    assert accepted_encodings(sent) == accepted


@pytest.mark.parametrize(
    ("sent", "coding"), [("gzip", "gzip"), ("gzip;q=0", None), ("gzip;q=0.1", "gzip"), ("", None)]
)
@pytest.mark.parametrize("path", ["/about/", "/admin/login/"])
def test_an_answer_is_compressed_only_for_who_wants_it(client, path, sent, coding):
    response = client.get(path, headers={"accept-encoding": sent})

    assert response.headers.get("Content-Encoding") == coding
    assert "Accept-Encoding" in response.headers["Vary"]


REFUSED = {
    "400": errors.InvalidRequestLine("x"),
    "414": errors.LimitRequestLine(9_000, 8_190),
    "417": errors.ExpectationFailed("x"),
    "431": errors.LimitRequestHeaders("x"),
    "501": errors.UnsupportedTransferCoding("x"),
    "500": RuntimeError("x"),
}


@pytest.mark.parametrize("status", REFUSED)
def test_what_the_server_itself_refuses_has_the_headers(status):
    ours, theirs = socket.socketpair()
    worker = HeaderedWorker.__new__(HeaderedWorker)
    nothing = lambda *args, **options: None  # noqa: E731 -- a log that keeps nothing
    worker.log = SimpleNamespace(warning=nothing, exception=nothing, debug=nothing)
    with ours, theirs:
        worker.handle_error(None, ours, ("127.0.0.1", 1), REFUSED[status])
        ours.shutdown(socket.SHUT_WR)
        answer = theirs.makefile("rb").read().decode()

    head, _, body = answer.partition("\r\n\r\n")
    lines = head.split("\r\n")
    assert lines[0].startswith(f"HTTP/1.1 {status} ")
    assert "X-Content-Type-Options: nosniff" in lines
    assert "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'" in lines
    assert f"Content-Length: {len(body)}" in lines
