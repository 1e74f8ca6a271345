"""The Atom feed of recaps."""

import datetime as dt
import uuid
from xml.etree import ElementTree as ET

import pytest
from django.db import connection

from accounts.models import User
from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from recaps.models import Recap
from talks.factories import TagFactory, TalkFactory
from talks.models import Tag

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
UID = uuid.UUID("12345678-1234-4234-8234-123456789abc")


def _feed(client, **headers):
    response = client.get("/feeds/recaps.atom", headers=headers)
    assert response.status_code == 200
    return ET.fromstring(response.content)


def _texts(entry, *names):
    return [entry.findtext(f"{ATOM}{name}") for name in names]


def _titles(feed):
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_an_entry_is_the_whole_recap(client, settings):
    settings.SITE_URL = "https://notes.example"
    recap = RecapFactory(
        uid=UID,
        talk=TalkFactory(tags=[TagFactory(name="testing")]),
        title="Tests & <more>",
        slug="notes",
        summary="Short & sweet.",
        body="*Test* it.",
        language="en-GB",
        author__public_name="Bo",
        author__slug="bo",
    )
    Recap.objects.update(updated_at=dt.datetime(2017, 5, 1, 8, 30, tzinfo=dt.UTC))

    [entry] = _feed(client).iter(f"{ATOM}entry")

    content = entry.find(f"{ATOM}content")
    assert _texts(entry, "id", "title", "published", "updated") == [
        "urn:uuid:12345678-1234-4234-8234-123456789abc",
        "Tests & <more>",
        "2017-04-10T12:00:00+00:00",
        "2017-05-01T08:30:00+00:00",
    ]
    assert _texts(entry, f"author/{ATOM}name", f"author/{ATOM}uri") == [
        "Bo",
        "https://notes.example/authors/bo/",
    ]
    assert entry.find(f"{ATOM}link").attrib == {
        "rel": "alternate",
        "href": "https://notes.example/recaps/notes/",
    }
    assert content.attrib == {"type": "html", f"{XML}base": "https://notes.example/recaps/notes/"}
    assert content.text == recap.body_html == "<p><em>Test</em> it.</p>\n"
    assert entry.findtext(f"{ATOM}summary") == "<p>Short &amp; sweet.</p>"
    assert [tag.get("term") for tag in entry.iter(f"{ATOM}category")] == ["testing"]
    assert entry.get(f"{XML}lang") == "en-GB"


def test_an_entry_without_a_summary_has_none(client):
    RecapFactory(summary="")

    [entry] = _feed(client).iter(f"{ATOM}entry")

    assert entry.find(f"{ATOM}summary") is None


def test_the_feed_names_itself_and_the_site(client, settings):
    settings.SITE_URL, settings.SITE_NAME = "https://notes.example", "Notes"
    RecapFactory()

    feed = _feed(client)

    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "https://notes.example/",
        "self": "https://notes.example/feeds/recaps.atom",
    }
    assert _texts(feed, "id", "title") == [links["self"], "Notes: recaps"]


def test_the_feed_says_what_it_is(client):
    response = client.get("/feeds/recaps.atom")

    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_the_newest_thirty_are_in_it_the_newest_first(client):
    talk = TalkFactory()
    for day in range(1, 32):
        moment = dt.datetime(2017, 5, day, tzinfo=dt.UTC)
        RecapFactory(talk=talk, title=f"Day {day}", published_at=moment)

    assert _titles(_feed(client)) == [f"Day {day}" for day in range(31, 1, -1)]


def test_drafts_and_scheduled_recaps_are_not_in_it(client):
    RecapFactory(title="Public")
    RecapFactory(title="Draft", draft=True)
    RecapFactory(title="Planned", scheduled=True)

    assert _titles(_feed(client)) == ["Public"]


def test_an_empty_library_has_an_empty_feed(client):
    assert _titles(_feed(client)) == []


def test_the_name_a_request_was_sent_to_never_shows(client, settings):
    settings.ALLOWED_HOSTS = ["other.example", "localhost"]
    settings.SITE_URL = "https://notes.example"
    RecapFactory(body="[here](/conferences/)")

    response = client.get(
        "/feeds/recaps.atom?x=sent-query",
        headers={"host": "other.example", "x-forwarded-host": "forwarded.example"},
    )

    body = response.content.decode()
    sent = ("other.example", "forwarded.example", "sent-query", "testserver")
    assert [body.count(word) for word in sent] == [0] * 4


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        pytest.param("a\x0bb", "ab", id="vertical-tab"),
        pytest.param("a\x01\x1f\x7fb", "ab", id="controls"),
        pytest.param("a\x80\x9fb", "ab", id="c1-controls"),
        pytest.param("a\ufffe\uffffb", "ab", id="non-characters"),
        pytest.param("a]]>b", "a]]>b", id="end-of-cdata"),
        pytest.param("a<![CDATA[b", "a<![CDATA[b", id="cdata"),
        pytest.param("</title><script>", "</title><script>", id="markup"),
        pytest.param("&amp; &#11; &", "&amp; &#11; &", id="references"),
        pytest.param("\"quoted'", "\"quoted'", id="quotes"),
        pytest.param("<!--", "<!--", id="comment"),
        pytest.param("<?xml?>", "<?xml?>", id="declaration"),
        pytest.param("{{7*191}}", "{{7*191}}", id="template"),
        pytest.param("\U0010ffff😀", "\U0010ffff😀", id="astral"),
    ],
)
def test_whatever_a_row_holds_the_feed_is_well_formed(client, stored, shown):
    """The fields clean what is saved, but SQL writes past them."""
    recap = RecapFactory(talk=TalkFactory(tags=[TagFactory(name="tag")]), summary="x")
    _store(Recap, recap.pk, title=stored, summary=stored, body_html=stored)
    _store(User, recap.author.pk, public_name=stored)
    _store(Tag, recap.talk.tags.get().pk, name=stored)

    [entry] = _feed(client).iter(f"{ATOM}entry")

    assert _texts(entry, "title", "content", f"author/{ATOM}name") == [shown] * 3
    assert entry.find(f"{ATOM}category").get("term") == shown


def _store(model, pk, **values):
    columns = ", ".join(f"{column} = %s" for column in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {model._meta.db_table} SET {columns} WHERE id = %s", [*values.values(), pk]
        )


def test_the_feed_is_only_read(client):
    assert client.post("/feeds/recaps.atom").status_code == 405


@pytest.mark.parametrize("recap_count", [1, 3])
def test_the_feed_runs_three_queries(client, django_assert_num_queries, recap_count):
    for _ in range(recap_count):
        RecapFactory(talk=TalkFactory(tags=[TagFactory()]))
        RecapFactory(conference=ConferenceFactory(), talk=None, tags=[TagFactory()])

    with django_assert_num_queries(3):
        feed = _feed(client)

    assert len(_titles(feed)) == 2 * recap_count
