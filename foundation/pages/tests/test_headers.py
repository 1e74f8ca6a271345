"""Every answer carries the security headers, also those that refuse."""

import pytest
from django.db import OperationalError
from django.test import override_settings

from conferences.factories import ConferenceFactory

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
CONSTANT = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def ask(client, name):
    """Return the site's answer in one of its moods."""
    ConferenceFactory(title="Headers")
    return {
        "200": lambda: client.get("/conferences/headers/"),
        "400-host": lambda: client.get("/", headers={"host": "evil.example"}),
        "400-nul": lambda: client.get("/search/?q=%00"),
        "403-csrf": lambda: type(client)(enforce_csrf_checks=True).post("/admin/login/"),
        "404": lambda: client.get("/nowhere/"),
        "405": lambda: client.post("/about/"),
        "admin": lambda: client.get("/admin/login/"),
        "feed": lambda: client.get("/feeds/recaps.atom"),
        "robots": lambda: client.get("/robots.txt"),
        "health": lambda: client.get("/health/"),
    }[name]()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("200", 200),
        ("400-host", 400),
        ("400-nul", 400),
        ("403-csrf", 403),
        ("404", 404),
        ("405", 405),
        ("admin", 200),
        ("feed", 200),
        ("robots", 200),
        ("health", 200),
    ],
)
def test_every_answer_carries_the_headers(client, name, status):
    response = ask(client, name)

    policy = set(response.headers["Content-Security-Policy"].split("; "))
    assert response.status_code == status
    assert policy == POLICY
    assert {header: response.headers[header] for header in CONSTANT} == CONSTANT
    assert "camera=()" in response.headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("fault", "status", "retry"),
    [
        pytest.param(RuntimeError("secret detail"), 500, None, id="bug"),
        pytest.param(OperationalError("secret detail"), 503, "10", id="database-away"),
    ],
)
def test_faults_answer_a_static_page_without_details(client, settings, fault, status, retry):
    client.raise_request_exception = False
    settings.ROOT_URLCONF = _urls_that_raise(fault)

    response = client.get("/broken/")

    assert response.status_code == status
    assert response.headers.get("Retry-After") == retry
    assert "secret detail" not in response.content.decode()
    assert set(response.headers["Content-Security-Policy"].split("; ")) == POLICY


def _urls_that_raise(fault):
    from types import ModuleType  # noqa: PLC0415 -- a URLconf made for one test

    from django.urls import path  # noqa: PLC0415

    def view(request):
        raise fault

    module = ModuleType("urls_that_raise")
    module.urlpatterns = [path("broken/", view)]
    module.handler500 = "notes_site.error_pages.server_error"
    return module


def test_public_pages_set_no_cookie_and_do_not_vary_by_one(client):
    ConferenceFactory(title="Headers")

    for address in ["/", "/conferences/", "/conferences/headers/", "/search/?q=x", "/about/"]:
        response = client.get(address)
        assert response.cookies == {}
        assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace", "options"])
@pytest.mark.parametrize("address", ["/", "/conferences/", "/archive/", "/search/", "/health/"])
def test_public_pages_answer_get_and_head_only(client, method, address):
    assert getattr(client, method)(address).status_code == 405


@override_settings(
    SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True
)
def test_https_is_demanded_and_remembered(client):
    plain = client.get("/about/")
    secure = client.get("/about/", secure=True)

    assert (plain.status_code, plain.headers["Location"]) == (301, "https://testserver/about/")
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
