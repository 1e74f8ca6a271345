"""Every page has one address, and everything that names it names that one, spelled alike."""

import json
import re
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest

from foundation.pages.whole_address import whole_address
from tests.tools.every_page import WORD, every_page
from tests.tools.pages import elements

pytestmark = [pytest.mark.django_db, pytest.mark.walks]
SITE = "https://notes.example"
CODED = "%E6%97%A5%E6%9C%AC"
# Pages that no list of addresses names: searches are not for crawlers, two topics together are
# too many, and the book is its conference.
UNLISTED = {"search", "tag-pair", "book"}
_LOC = re.compile("<loc>(.*?)</loc>")


@pytest.fixture
def addresses(settings):
    settings.SITE_URL = SITE
    return every_page()


@pytest.fixture
def listed(client, addresses):
    return _LOC.findall(client.get("/sitemap.xml").content.decode())


@pytest.fixture
def pages(client, addresses):
    """By the name of its address the page and its whole address."""
    paths = {name: path for name, path in addresses.items() if name != "image"}
    answers = {name: (client.get(path), SITE + path) for name, path in paths.items()}
    return {
        name: (response, address)
        for name, (response, address) in answers.items()
        if response.headers["Content-Type"].startswith("text/html") and response.status_code == 200
    }


def _canonical(response):
    [link] = elements(response, "link", rel="canonical")
    return link["href"]


def _things(response):
    html = getattr(response, "content", b"").decode()
    graphs = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    return [thing for graph in graphs for thing in json.loads(graph)["@graph"]]


def _own_addresses(value):
    """Return all addresses of the site in what JSON holds, but for ids."""
    if isinstance(value, dict):
        return [a for key, part in value.items() if key != "@id" for a in _own_addresses(part)]
    if isinstance(value, list):
        return [address for part in value for address in _own_addresses(part)]
    return [value] if str(value).startswith(SITE) else []


def _html(pages):
    return {name: page for name, page in pages.items() if name != "book"}


def test_there_is_a_page_of_every_kind(pages):
    assert {"home", "talk", "conference", "recap", "author", "tag", "archive-month"} <= set(pages)
    assert len(pages) >= 20


def test_every_page_is_canonical_itself_and_open_graph_says_the_same(pages):
    for name, (response, address) in _html(pages).items():
        [tag] = elements(response, "meta", property="og:url")
        assert (name, _canonical(response), tag["content"]) == (name, address, address)


def test_a_book_is_canonical_as_its_conference(pages):
    response, address = pages["book"]
    html = b"".join(response.streaming_content).decode()

    assert _canonical(html) == address.removesuffix("book/")


def test_the_sitemap_lists_every_page_that_is_canonical(pages, listed):
    wanted = {address for name, (_response, address) in pages.items() if name not in UNLISTED}

    assert wanted <= set(listed)
    assert len(listed) == len(set(listed))


def test_every_address_of_the_sitemap_leads_to_the_page_that_is_canonical(client, listed):
    for address in listed:
        response = client.get(address.removeprefix(SITE))
        assert (response.status_code, _canonical(response)) == (200, address)


def test_facts_for_machines_name_pages_by_the_address_they_have(pages, listed):
    said = {name: _things(response) for name, (response, _address) in _html(pages).items()}

    for name, things in said.items():
        assert set(_own_addresses(things)) <= set(listed), name
    for name in ("talk", "conference", "recap"):
        assert said[name][0]["url"] == pages[name][1]
    [article] = said["recap"]
    assert article["about"]["url"] == pages["talk"][1]
    assert said["talk"][1] == article


def test_feeds_lead_to_the_pages_that_are_canonical(client, addresses, listed):
    feeds = [path for name, path in addresses.items() if name.endswith("feed")]
    for path in [f"{path}?q=one" if path.startswith("/search/") else path for path in feeds]:
        feed = ET.fromstring(client.get(path).content)
        entries = [link.get("href") for link in feed.findall(".//{*}entry/{*}link")]
        assert entries, path
        assert set(entries) <= {f"{SITE}/recaps/{CODED}/", f"{SITE}/recaps/whole/"}
        assert set(entries) <= set(listed)
        home = feed.find("{*}link[@rel='alternate']").get("href")
        assert home in listed or home.startswith(f"{SITE}/search/?")


def test_calendars_lead_to_the_pages_that_are_canonical(client, addresses, listed):
    for name in ("conference-calendar", "talk-calendar"):
        content = client.get(addresses[name]).content.replace(b"\r\n ", b"").decode()
        assert set(re.findall(r"^URL:(.*)\r$", content, re.MULTILINE)) <= set(listed)


def test_crawlers_may_read_every_page_and_so_that_it_is_not_to_be_listed(client, pages, listed):
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").content.decode().splitlines())
    unlisted = {
        name for name, (page, _a) in _html(pages).items() if elements(page, "meta", name="robots")
    }

    assert all(rules.can_fetch("*", address) for _response, address in pages.values())
    assert all(rules.can_fetch("*", address) for address in listed)
    assert not rules.can_fetch("*", f"{SITE}/admin/")
    assert unlisted == {"search"}


@pytest.mark.parametrize(
    ("path", "coded"),
    [
        (f"/tags/{WORD}/", f"/tags/{CODED}/"),
        (f"/tags/{CODED}/", f"/tags/{CODED}/"),
        ("/tags/a+b/", "/tags/a+b/"),
        ("/search/feed.atom?q=a%26b&tag=c", "/search/feed.atom?q=a%26b&tag=c"),
    ],
)
def test_an_address_is_encoded_once(settings, path, coded):
    settings.SITE_URL = SITE

    assert whole_address(path) == SITE + coded
