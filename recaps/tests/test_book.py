"""The book of a conference: one file with all of its recaps, which asks for nothing else."""

import base64
import datetime as dt
import hashlib
import re

import pytest

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from foundation.models.old_addresses import change_address
from foundation.text.image_names import ImageName
from images.files import write_file
from recaps import book as book_module
from recaps.book import css_string
from recaps.factories import RecapFactory
from recaps.models import Recap
from speakers.factories import SpeakerFactory
from talks.factories import RecordingFactory, TalkFactory
from tests.tools.pages import elements, targets, texts

pytestmark = pytest.mark.django_db
BOOK = "/conferences/conf/book/"
TEXT_WITH_NOTE = "# One\n\nA[^1]\n\n[^1]: B"
SITE = "http://127.0.0.1:8000"
PIXEL = b"the bytes of an image"
LOST = ImageName("f" * 32, 1, 1).address


@pytest.fixture
def conference():
    return ConferenceFactory(title="Conf")


@pytest.fixture
def stored(settings, tmp_path):
    """Stores a file where images are, under a key of this digit; tells its address."""
    settings.MEDIA_ROOT = tmp_path

    def store(digit, content=PIXEL):
        name = ImageName(digit * 32, 1, 1)
        write_file(name, content)
        return name.address

    return store


def read(client, address=BOOK):
    response = client.get(address)
    assert response.status_code == 200
    return response.getvalue().decode()


def test_book_has_everything_in_reading_order(client, conference):
    ada = UserFactory(public_name="Ada Okafor")
    late = TalkFactory(conference=conference, title="Late", given_on=dt.date(2017, 4, 4))
    early = TalkFactory(conference=conference, title="Early", speakers=[SpeakerFactory()])
    TalkFactory(
        conference=conference,
        title="Silent",
        slug="silent",
        is_cancelled=True,
        speakers=[SpeakerFactory(name="Jun Mori")],
    )
    RecapFactory(talk=late, author=ada, body="Of late.")
    RecapFactory(talk=early, author=ada, body="Of early.")
    RecapFactory(talk=None, conference=conference, title="Days", author=ada, body="Of days.")

    html = read(client)

    assert texts(html, "h1") == ["Conf"]
    assert texts(html, "h2") == ["Contents", "Days", "Early", "Late", "Talks without recaps"]
    assert texts(html, "p", inside="prose") == ["Of days.", "Of early.", "Of late."]
    assert texts(html, "dd", inside="book-facts")[:2] == [
        "Ada Okafor",
        "2 of 3 talks have recaps",
    ]
    assert targets(html, inside="book-contents") == [
        "#recap-days",
        "#read-2017-04-03",
        "#talk-early",
        "#read-2017-04-04",
        "#talk-late",
        "#talks-without",
    ]
    assert texts(html, "li", inside="book-rest")[0] == "Silent cancelled Jun Mori"
    assert targets(html, inside="book-rest")[0] == f"{SITE}/conferences/conf/silent/"


def test_what_readers_may_not_see_is_not_in_the_book(client, conference):
    talk = TalkFactory(conference=conference)
    RecapFactory(talk=talk, title="Seen")
    for state in ({"draft": True}, {"scheduled": True}, {"binned": True}):
        RecapFactory(talk=talk, title=f"Hidden {state}", body="Hidden", **state)
        RecapFactory(talk=None, conference=conference, title=f"Hidden own {state}", **state)

    html = read(client)

    assert texts(html, class_="chapter-subtitle") == ["Seen"]
    assert "Hidden" not in html


def test_recap_that_leaves_the_public_meanwhile_leaves_the_book(client, conference):
    recap = RecapFactory(talk=None, conference=conference, title="Days", body="Taken back.")

    response = client.get(BOOK)
    type(recap).objects.filter(pk=recap.pk).update(status="draft")

    assert b"Taken back" not in response.getvalue()


def test_policy_allows_the_stylesheet_by_its_hash_and_nothing_else(client, conference):
    RecapFactory(talk=None, conference=conference)

    response = client.get(BOOK)

    html = response.getvalue().decode()
    [style] = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    loading = {"default-src 'none'", f"style-src 'sha256-{digest}'", "img-src data:"}
    rest = {"base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"}
    assert set(response["Content-Security-Policy"].split("; ")) == loading | rest
    [meta] = elements(html, "meta", **{"http-equiv": "Content-Security-Policy"})
    assert set(meta["content"].split("; ")) == loading


def test_book_sets_no_cookie_and_depends_on_none(client, conference):
    RecapFactory(talk=None, conference=conference)

    response = client.get(BOOK)

    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")


def test_links_are_whole_and_lead_into_the_book_where_their_end_is_in_it(client, conference):
    talk = TalkFactory(conference=conference, title="Inside", slug="inside")
    outside = TalkFactory(conference=conference, title="Outside", slug="outside")
    RecordingFactory(talk=talk, video_id="abcdefghijk")
    things = f"[[{talk.title}]] [[{outside.title}]]"
    body = f"{things} [x](more) [12:34] <https://else.example/> [^1]\n\n[^1]: A."
    RecapFactory(talk=talk, body=body)

    html = read(client)

    assert [t for t in targets(html, inside="prose") if "fn" not in t] == [
        "#talk-inside",
        f"{SITE}/conferences/conf/outside/",
        f"{SITE}/conferences/conf/inside/more",
        "https://www.youtube.com/watch?v=abcdefghijk&t=754",
        "https://else.example/",
    ]
    assert targets(html, inside="chapter-head") == [f"{SITE}/conferences/conf/inside/"]
    assert {t for t in targets(html) if not t.startswith(("http", "#"))} == set()


def test_ids_are_each_once_and_links_within_the_book_find_them(client, conference):
    body = "# Same\n\nText.[^1]\n\n[^1]: Same note."
    for _ in range(3):
        RecapFactory(talk=TalkFactory(conference=conference), body=body)
    RecapFactory(talk=None, conference=conference, body=body)

    html = read(client)

    ids = [element["id"] for element in elements(html) if "id" in element]
    assert len(ids) == len(set(ids))
    assert {t[1:] for t in targets(html) if t.startswith("#")} <= set(ids)


def test_images_stand_in_the_file_up_to_a_size(client, conference, stored, monkeypatch):
    monkeypatch.setattr(book_module, "LARGEST_IMAGE", len(PIXEL))
    small, large = stored("1"), stored("2", PIXEL + b"\0")
    body = f"![a]({small}) ![b]({large}) ![c](/images/page.svg) ![d]({LOST})"
    RecapFactory(talk=None, conference=conference, body=body)

    html = read(client)

    data = base64.b64encode(PIXEL).decode()
    assert [(e["src"], e["alt"]) for e in elements(html, "img")] == [
        (f"data:image/webp;base64,{data}", "a")
    ]
    assert targets(html, inside="prose") == [
        SITE + address for address in (small, large, "/images/page.svg", LOST)
    ]
    assert texts(html, "a", inside="prose") == ["", "b", "c", "d"]


def test_texts_of_a_book_are_escaped(client):
    conference = ConferenceFactory(title="<!-- chapters --></style><b>", slug="conf")
    RecapFactory(
        talk=TalkFactory(conference=conference, title="<u>"),
        title="<!-- stylesheet -->",
        body="<script>a()</script> <!-- chapters -->",
    )

    html = read(client)

    assert {e["tag"] for e in elements(html)} & {"script", "b", "u"} == set()
    assert texts(html, "h1") == ["<!-- chapters --></style><b>"]
    assert html.count("<style>") == html.count("</style>") == html.count("</html>") == 1


def test_running_title_is_a_string_of_css_whatever_it_says():
    assert css_string('a "1"\\\n') == r'"a\20 \22 1\22 \5c \a "'


def test_texts_are_asked_for_in_batches(client, conference, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(book_module, "BATCH_SIZE", 2)
    for number in range(5):
        RecapFactory(talk=TalkFactory(conference=conference), body=f"Text {number}.")

    with django_assert_num_queries(8):  # conference, talks, credits, recaps, tags; 3 × texts
        html = read(client)

    assert texts(html, "p", inside="prose") == [f"Text {number}." for number in range(5)]


def test_book_of_an_undated_conference_has_no_days(client):
    conference = ConferenceFactory(title="Conf", dates_estimated=True)
    RecapFactory(talk=TalkFactory(conference=conference))

    html = read(client)

    assert texts(html, class_="chapter-day") == texts(html, class_="chapter-list-day") == []


def test_old_address_of_a_conference_leads_to_its_book(client, conference):
    RecapFactory(talk=None, conference=conference)
    change_address(conference, slug="new")

    response = client.get(BOOK)

    assert (response.status_code, response["Location"]) == (301, "/conferences/new/book/")


@pytest.mark.parametrize("address", [BOOK, "/conferences/nowhere/book/"])
def test_where_nothing_is_written_there_is_no_book(client, conference, address):
    RecapFactory(talk=None, conference=conference, draft=True)

    assert client.get(address).status_code == 404


def test_book_is_for_reading_alone(client, conference):
    RecapFactory(talk=None, conference=conference)

    assert client.head(BOOK).status_code == 200
    assert client.post(BOOK).status_code == 405


def test_converters_of_books_find_what_the_contents_lead_to_and_who_wrote_it(client):
    conference = ConferenceFactory(title="Conf", slug="conf")
    RecapFactory(conference=conference, talk=None, slug="whole", author__public_name="Ada & Co")
    TalkFactory(conference=conference)
    talk = TalkFactory(conference=conference, slug="t")
    RecapFactory(
        talk=talk, slug="notes", author__public_name="Bo", body="# One\n\nA[^1]\n\n[^1]: B"
    )
    RecapFactory(talk=TalkFactory(conference=conference, undated=True), slug="undated")
    html = b"".join(client.get(BOOK).streaming_content).decode()

    contents = {each["href"] for each in elements(html, "a", inside="book-contents")}
    within = {each["href"] for each in elements(html, "a") if each.get("href", "").startswith("#")}
    targets_of_converters = {"section", "h1", "h2", "h3", "h4", "h5", "h6"}
    found = [each for each in elements(html) if each["tag"] in targets_of_converters]
    kept = {f"#{each['id']}" for each in found if "id" in each}

    assert len(contents) >= 6
    assert contents <= kept
    assert {each for each in within if "-fn" not in each} <= kept
    authors = [each["content"] for each in elements(html, "meta", name="author")]
    [date] = elements(html, "meta", name="date")
    assert authors[:2] == ["Ada & Co", "Bo"]
    assert date["content"] == Recap.objects.latest("updated_at").updated_at.date().isoformat()
