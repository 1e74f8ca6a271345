"""What is not published shows nowhere: every public page is walked, from link to link."""

import datetime as dt
import re

import pytest

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory, SeriesFactory
from recaps.factories import RecapFactory
from recaps.models import OldRecapSlug
from speakers.factories import SpeakerFactory
from talks.factories import TagFactory, TalkFactory

pytestmark = pytest.mark.django_db
TOKEN = "zxqtoken"
# Where a reader or a robot can begin, also where no link leads.
STARTS = (
    "/",
    "/about/",
    "/robots.txt",
    "/sitemap.xml",
    "/feeds/recaps.atom",
    "/archive/",
    "/archive/talks/",
    "/speakers/",
    "/tags/",
    "/conferences/",
    "/search/?q=e",
    "/search/?q=recap",
    "/archive/2017/05/",
    "/archive/2199/01/",
)
_LINK = re.compile(r'(?:href=|<loc>|src=)"?(?:https?://[^/"<]+)?(/[^"<#]*)')


@pytest.fixture
def library():
    """A talk and a conference with one published recap each, and hidden ones beside them."""
    conference = ConferenceFactory(title="Conf", series=SeriesFactory(title="Confs"))
    tag = TagFactory(name="testing")
    talk = TalkFactory(conference=conference, speakers=[SpeakerFactory(name="Eve")], tags=[tag])
    RecapFactory(talk=talk, title="Open recap of a talk", author__slug="bo")
    RecapFactory(talk=None, conference=conference, title="Open recap", tags=[tag])
    for number, state in enumerate([{"draft": True}, {"scheduled": True}, {"binned": True}]):
        for subject in ({"talk": talk}, {"talk": None, "conference": conference}):
            _hide(f"{number}-{len(subject)}", state, subject)
    _hide("may", {"draft": True, "published_at": dt.datetime(2017, 5, 1, tzinfo=dt.UTC)}, {})
    return conference


def _hide(number, state, subject):
    recap = RecapFactory(
        **state,
        **subject,
        title=f"{TOKEN} title {number} recap",
        slug=f"{TOKEN}-{number}",
        summary=f"{TOKEN} summary",
        body=f"{TOKEN} body",
        author=UserFactory(public_name=f"{TOKEN} author", slug=f"{TOKEN}-author-{number}"),
        tags=[TagFactory(name=f"{TOKEN} tag {number}")],
    )
    OldRecapSlug.objects.create(slug=f"{TOKEN}-old-{number}", recap=recap)


def _walk(client):
    """Return the answers at every address that can be reached."""
    waiting, answers = list(STARTS), {}
    while waiting:
        address = waiting.pop().replace("&amp;", "&")
        if address in answers or address.startswith(("/static/", "/admin/")):
            continue
        answers[address] = answer = client.get(address)
        answer.told = answer.getvalue().decode()  # once: a book comes in pieces
        waiting += _LINK.findall(answer.told)
    return answers


def _told(answer):
    return f"{answer.headers} {answer.told}"


@pytest.mark.walks
def test_public_pages_show_nothing_hidden_lead_somewhere_and_ask_not_who_reads(client, library):
    answers = _walk(client)

    assert [address for address, answer in answers.items() if TOKEN in _told(answer)] == []
    assert {"/conferences/conf/", "/speakers/eve/", "/tags/testing/", "/authors/bo/"} <= set(
        answers
    )
    assert "/conferences/conf/book/" in answers
    assert {"/archive/2017/04/", "/archive/talks/2017/04/", "/recaps/open-recap/"} <= set(answers)
    wrong = {address: a.status_code for address, a in answers.items() if a.status_code >= 400}
    assert wrong == {"/archive/2017/05/": 404, "/archive/2199/01/": 404}
    assert [address for address, answer in answers.items() if answer.cookies] == []
    assert [a for a, answer in answers.items() if "Cookie" in answer.headers.get("Vary", "")] == []


def test_hidden_recaps_are_counted_nowhere(client, library):
    published = {"/archive/": 2, "/tags/testing/": 2, "/speakers/eve/": 1, "/authors/bo/": 1}

    shown = {
        "/archive/": sum(year.counts.count for year in client.get("/archive/").context["years"]),
        "/tags/testing/": len(client.get("/tags/testing/").context["recaps"]),
        "/speakers/eve/": len(client.get("/speakers/eve/").context["recaps"]),
        "/authors/bo/": client.get("/authors/bo/").context["number"],
    }

    assert shown == published


@pytest.mark.walks
def test_the_owner_of_a_draft_sees_no_more_on_public_pages(client, library):
    client.force_login(UserFactory(superuser=True))

    answers = _walk(client)

    assert [address for address, answer in answers.items() if TOKEN in _told(answer)] == []
