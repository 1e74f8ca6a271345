"""What validators and screen readers ask of every page: elements, ids, moments, names."""

import datetime as dt
import re
from html.parser import HTMLParser

import pytest

from accounts.factories import UserFactory
from recaps.factories import RecapFactory
from recaps.models import Recap
from talks.factories import TalkFactory
from talks.models import Talk
from tests.tools.every_page import every_page

pytestmark = [pytest.mark.django_db, pytest.mark.walks]
EXACT = dt.datetime(2017, 4, 3, 9, 30, 15, 123456, tzinfo=dt.UTC)
TEXT = "A[^1] and again[^1].\n\n[^1]: One"
VOID = {"br", "hr", "img", "input", "link", "meta", "wbr", "source", "col"}
# They hold words, and nothing that stands as a block.
# A link may stand around blocks.
OF_WORDS = set(
    "abbr bdi button code em h1 h2 h3 h4 h5 h6 i label mark p small span strong sub sup time"  # noqa: SIM905 -- reads better
    "".split()
)
BLOCKS = set(
    "article aside details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav"  # noqa: SIM905 -- reads better
    " ol p pre section table ul".split()
)


class Checker(HTMLParser):
    """Notes what stands where it must not."""

    def __init__(self, html):
        super().__init__()
        self.open, self.faults, self.ids, self.wanted, self.moments = [], [], [], [], []
        self.feed(html)
        self.close()
        self.faults += [f"open at the end: {tag}" for tag in self.open]
        self.faults += [f"twice: {each}" for each in self.ids if self.ids.count(each) > 1]
        self.faults += [f"no such id: {each}" for each in self.wanted if each not in self.ids]

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        around = [each for each in self.open if each in OF_WORDS]
        if tag in BLOCKS and around:
            self.faults.append(f"<{tag}> in <{around[-1]}>")
        if tag == "time":
            self.moments.append(values.get("datetime", ""))
        if tag == "meta" and (values.get("property") or "").endswith("_time"):
            self.moments.append(values["content"])
        self.ids += [values["id"]] if "id" in values else []
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.wanted += (values.get(name) or "").split()
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> in <{self.open[-1] if self.open else ''}>")
        while self.open and self.open.pop() != tag:
            pass


@pytest.fixture
def pages(client):
    """By its address the HTML of every page, of a library whose moments have many digits."""
    addresses = every_page(starts_at=EXACT, duration=dt.timedelta(minutes=30))
    talk = Talk.objects.select_related("conference").get()
    TalkFactory(conference=talk.conference, speakers=list(talk.speakers.all()))
    RecapFactory(talk=talk, body=TEXT, title="Another", tags=[])
    Recap.objects.update(published_at=EXACT, updated_at=EXACT)
    return {path: _html(client.get(path)) for name, path in addresses.items() if name != "image"}


def _html(response):
    if not response.headers["Content-Type"].startswith("text/html"):
        return ""
    return (b"".join(response) if response.streaming else response.content).decode()


def test_every_page_is_built_as_it_must_be(pages):
    shown = {path: Checker(html) for path, html in pages.items() if html}

    assert len(shown) >= 20
    assert {path: page.faults for path, page in shown.items() if page.faults} == {}


def test_every_moment_is_written_to_the_second(client, pages):
    client.force_login(UserFactory(superuser=True))
    pages["/admin/"] = _html(client.get("/admin/"))
    moments = {each for html in pages.values() if html for each in Checker(html).moments}

    assert "2017-04-03T09:30:15+00:00" in moments
    assert not [each for each in moments if "." in each]
    for html in pages.values():
        assert not re.search(r'ld\+json.*"[0-9T:-]{19}\.[0-9]', html)


def test_the_checker_finds_faults():
    assert Checker("<p><ul></ul></p>").faults == ["<ul> in <p>"]
    assert Checker('<i id="a"></i><i id="a"></i>').faults == ["twice: a"] * 2
    assert Checker("<b><i></b>").faults == ["</b> in <i>"]
