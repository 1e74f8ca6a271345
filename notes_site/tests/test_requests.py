"""Odd requests: each is answered in words, none ends in a fault of the server."""

import pytest
from django.urls import resolve

from talks.factories import TagFactory, TalkFactory

pytestmark = pytest.mark.django_db

ODD_VALUES = [
    "",
    "0",
    "-1",
    "²",
    "1e3",
    "9" * 5000,
    "99999999999999999999",
    "%",
    "_",
    "\\",
    "'",
    '"',
    "'; DROP TABLE talks_talk; --",
    "{{7*191}}",
    "<svg/onload=alert(1)>",
    "\ufeff",
    "\u202e",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "a~b",
    "0001-01-01~0",
    "2017-04-03~-1",
    "2017-04-03~99999999999999999999",
    "2017-13-40~1",
    "~",
    "~~~~",
    "password",
    "-" * 3000,
]
PARAMETERS = ["q", "after", "before", "letter", "country", "series", "by", "tag", "room"]
UNREAD = ["page", "order", "unknown"]
PAGES = [
    "/",
    "/conferences/",
    "/conferences/conference/",
    "/conferences/conference/talk/",
    "/speakers/",
    "/tags/",
    "/tags/x/",
    "/archive/",
    "/archive/talks/2017/04/",
    "/search/",
    "/feeds/recaps.atom",
]


@pytest.mark.walks
@pytest.mark.parametrize("address", PAGES)
def test_odd_parameters_never_end_in_a_fault(client, address):
    """One parameter of the page at a time; all others at once, for a page does not see them."""
    TalkFactory(title="Talk", conference__title="Conference", tags=[TagFactory(slug="x")])
    declared = resolve(address).func.page_parameters
    read = [name for name in PARAMETERS if name in declared]
    others = [name for name in [*PARAMETERS, *UNREAD, *declared] if name not in read]

    asked = [
        (address, dict.fromkeys(names, value))
        for names in [*([name] for name in read), others]
        for value in ODD_VALUES
    ]

    faults = [one for one in asked if client.get(*one).status_code not in {200, 404}]
    assert faults == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param("/archive/2017/13/", 404, id="month-13"),
        pytest.param("/archive/2017/00/", 404, id="month-0"),
        pytest.param("/archive/9999/12/", 404, id="year-9999"),
        pytest.param("/archive/0000/01/", 404, id="year-0"),
        pytest.param("/archive/2017/4/", 404, id="one-digit-month"),
        pytest.param("/archive/٢٠١٧/٠٤/", 404, id="arabic-digits"),
        pytest.param("/archive/talks/2017/13/", 404, id="talks-month-13"),
        pytest.param("/archive/2017/04/03/", 404, id="a-day"),
        pytest.param("/conferences/%00/", 404, id="nul-in-path"),
        pytest.param("/conferences/%ff/", 404, id="not-utf8-in-path"),
        pytest.param("/conferences/a%2Fb/", 404, id="slash-in-slug"),
        pytest.param("/conferences/" + "a" * 121 + "/", 404, id="slug-too-long"),
        pytest.param("/tags/a%20b/", 404, id="space-in-slug"),
        pytest.param("/conferences/..%2f..%2fetc%2fpasswd/", 404, id="traversal"),
        pytest.param("/.env", 404, id="dotenv"),
        pytest.param("/.git/config", 404, id="dotgit"),
        pytest.param("/static/../notes_site/settings.py", 404, id="static-traversal"),
        pytest.param("/static/", 404, id="static-listing"),
        pytest.param("/search/?q=%ff", 400, id="not-utf8-in-query"),
        pytest.param("/search/?q=%00", 400, id="nul-in-query"),
        pytest.param("/speakers/?after=%00", 400, id="nul-in-cursor"),
    ],
)
def test_odd_addresses(client, path, status):
    assert client.get(path).status_code == status


def test_forms_with_nul_are_refused(client):
    assert client.post("/admin/login/", {"username": "a\0b", "password": "x"}).status_code == 400


def test_a_foreign_host_never_appears_in_an_answer(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://notes.example"
    TalkFactory(title="Talk", conference__title="Conference")

    for page in [*PAGES, "/sitemap.xml", "/robots.txt", "/nowhere/"]:
        response = client.get(
            page, headers={"host": "evil.example", "x-forwarded-host": "evil.example"}
        )
        assert "evil.example" not in response.content.decode()
        assert "evil.example" not in str(response.headers)
