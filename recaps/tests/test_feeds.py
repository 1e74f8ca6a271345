"""The Atom feeds of recaps."""

import datetime as dt
import uuid
from xml.etree import ElementTree as ET

import pytest
from django.db import connection

from accounts.factories import UserFactory
from accounts.models import User
from conferences.factories import ConferenceFactory, SeriesFactory
from foundation.models.old_addresses import change_address, change_name
from operations.models import SiteIdentity
from recaps import feeds
from recaps.factories import RecapFactory
from recaps.models import Recap
from recaps.writing import write_recap
from speakers.factories import SpeakerFactory
from speakers.renaming import rename_speaker
from talks.factories import TagFactory, TalkFactory
from talks.models import Tag, Talk
from tests.tools.pages import elements, targets, texts

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
UID = uuid.UUID("12345678-1234-4234-8234-123456789abc")


def _feed(client, path="/feeds/recaps.atom"):
    response = client.get(path)
    assert response.status_code == 200
    return ET.fromstring(response.content)


def _texts(entry, *names):
    return [entry.findtext(f"{ATOM}{name}") for name in names]


def _titles(feed):
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def _links(feed):
    return {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}


def test_an_entry_is_the_whole_recap(client, settings):
    settings.SITE_URL = "https://notes.example"
    talk = TalkFactory(title="Tests", conference__slug="conf", tags=[TagFactory(name="testing")])
    RecapFactory(
        uid=UID,
        talk=talk,
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
    canonical = "https://notes.example/recaps/notes/"
    assert _links(entry) == {"alternate": canonical}
    assert content.attrib == {"type": "html", f"{XML}base": canonical}
    assert content.text == "<p><em>Test</em> it.</p>\n"
    assert entry.findtext(f"{ATOM}summary") == "<p>Short &amp; sweet.</p>"
    assert [tag.get("term") for tag in entry.iter(f"{ATOM}category")] == ["testing"]
    assert entry.get(f"{XML}lang") == "en-GB"


def test_an_entry_without_a_summary_has_none(client):
    RecapFactory(summary="")

    [entry] = _feed(client).iter(f"{ATOM}entry")

    assert entry.find(f"{ATOM}summary") is None


def test_the_feed_names_itself_and_the_site(client, settings):
    settings.SITE_URL, settings.SITE_NAME = "https://notes.example", "Notes"
    SiteIdentity.objects.update(origin="https://old.example")
    RecapFactory()

    feed = _feed(client)

    address = "https://notes.example/feeds/recaps.atom"
    assert _links(feed) == {
        "alternate": "https://notes.example/",
        "self": address,
        "first": address,
    }
    assert _texts(feed, "id", "title") == [
        "https://old.example/feeds/recaps.atom",
        "Notes: recaps",
    ]


def test_the_feed_says_what_it_is(client):
    response = client.get("/feeds/recaps.atom")

    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_pages_of_thirty_lead_to_each_other_the_newest_first(client, settings):
    settings.SITE_URL = "https://notes.example"
    talk = TalkFactory(conference__slug="日本")
    for day in range(1, 32):
        moment = dt.datetime(2017, 5, day, tzinfo=dt.UTC)
        RecapFactory(talk=talk, title=f"Day {day}", published_at=moment)
    Recap.objects.update(updated_at=_on(1))
    path = "/conferences/%E6%97%A5%E6%9C%AC/feed.atom"

    first = _feed(client, path)
    second = _feed(client, _links(first)["next"].removeprefix(settings.SITE_URL))
    back = _feed(client, _links(second)["previous"].removeprefix(settings.SITE_URL))

    assert _titles(first) == _titles(back) == [f"Day {day}" for day in range(31, 1, -1)]
    assert _titles(second) == ["Day 1"]
    assert sorted(_links(second)) == ["alternate", "first", "previous", "self"]
    assert _links(second)["first"] == _links(first)["self"] == settings.SITE_URL + path
    assert _links(second)["self"] == _links(first)["next"]
    assert _texts(first, "id", "updated") == [*_texts(second, "id"), "2017-05-31T00:00:00+00:00"]


@pytest.mark.parametrize("query", ["after=x", "before=~", "after=1&before=2"])
def test_a_page_that_was_never_given_is_not_found(client, query):
    assert client.get(f"/feeds/recaps.atom?{query}").status_code == 404


@pytest.fixture
def library():
    """Recaps within and outside the reach of every feed, and those that could leak into it."""
    series = SeriesFactory(title="Years", slug="years")
    conference = ConferenceFactory(title="Conf", slug="conf", series=series)
    author = UserFactory(public_name="Bo", slug="bo")
    tag = TagFactory(name="Topic", slug="topic")
    talk = TalkFactory(
        conference=conference, speakers=[SpeakerFactory(name="Ada", slug="ada")], tags=[tag]
    )
    RecapFactory(title="Of the talk", talk=talk, author=author, published_at=_on(3))
    RecapFactory(title="Of all", talk=None, conference=conference, tags=[tag], published_at=_on(2))
    other_edition = TalkFactory(conference=ConferenceFactory(series=series))
    RecapFactory(title="Of another edition", talk=other_edition, published_at=_on(1))
    RecapFactory(title="Elsewhere", author=author, published_at=_on(4))
    for hidden in ({"draft": True}, {"scheduled": True}, {"binned": True}):
        RecapFactory(title=f"Hidden {hidden}", talk=talk, author=author, **hidden)
        RecapFactory(talk=None, conference=conference, tags=[tag], **hidden)
    return talk


def _on(day):
    return dt.datetime(2017, 5, day, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("path", "title", "alternate", "entries"),
    [
        (
            "/feeds/recaps.atom",
            "Talk Notes: recaps",
            "/",
            ["Elsewhere", "Of the talk", "Of all", "Of another edition"],
        ),
        (
            "/conferences/conf/feed.atom",
            "Talk Notes: recaps of Conf",
            "/conferences/conf/",
            ["Of the talk", "Of all"],
        ),
        (
            "/series/years/feed.atom",
            "Talk Notes: recaps of Years",
            "/series/years/",
            ["Of the talk", "Of all", "Of another edition"],
        ),
        (
            "/speakers/ada/feed.atom",
            "Talk Notes: recaps of talks by Ada",
            "/speakers/ada/",
            ["Of the talk"],
        ),
        (
            "/authors/bo/feed.atom",
            "Talk Notes: recaps by Bo",
            "/authors/bo/",
            ["Elsewhere", "Of the talk"],
        ),
        (
            "/tags/topic/feed.atom",
            "Talk Notes: recaps about Topic",
            "/tags/topic/",
            ["Of the talk", "Of all"],
        ),
    ],
)
def test_every_feed_has_what_readers_may_see_of_its_thing(
    client, settings, library, path, title, alternate, entries
):
    feed = _feed(client, path)

    assert _titles(feed) == entries
    assert feed.findtext(f"{ATOM}title") == title
    assert _links(feed) == {
        "alternate": settings.SITE_URL + alternate,
        "self": settings.SITE_URL + path,
        "first": settings.SITE_URL + path,
    }
    page = client.get(alternate)
    offered = [link["href"] for link in elements(page, "link", type="application/atom+xml")]
    assert path in offered
    assert path in targets(page)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/conferences/conf/feed.atom", "/conferences/now/feed.atom"),
        ("/series/years/feed.atom", "/series/now/feed.atom"),
        ("/speakers/ada/feed.atom", "/speakers/now/feed.atom"),
        ("/authors/bo/feed.atom", "/authors/now/feed.atom"),
        ("/tags/topic/feed.atom", "/tags/now/feed.atom"),
    ],
)
def test_a_feed_moves_with_its_thing_and_stays_the_same_one(client, library, old, new):
    before = _feed(client, old)
    change_address(library.conference, slug="now")
    change_address(library.conference.series, slug="now")
    change_address(library.recaps.published().get().author, slug="now")
    rename_speaker(library.speakers.get(), slug="now")
    change_name(library.tags.get(), name="Now", slug="now")

    response = client.get(old)

    assert (response.status_code, response.headers["Location"]) == (301, new)
    after = _feed(client, new)
    assert _texts(after, "id") == _texts(before, "id")
    assert [_texts(entry, "id") for entry in after.iter(f"{ATOM}entry")] == [
        _texts(entry, "id") for entry in before.iter(f"{ATOM}entry")
    ]


@pytest.mark.parametrize("kind", ["conferences", "series", "speakers", "authors", "tags"])
def test_nothing_has_no_feed(client, kind):
    UserFactory(slug="reader")

    assert client.get(f"/{kind}/none/feed.atom").status_code == 404
    assert client.get(f"/{kind}/reader/feed.atom").status_code == 404


def test_links_and_images_have_whole_addresses(client, settings):
    settings.SITE_URL = "https://notes.example"
    recap = RecapFactory(
        talk=TalkFactory(title="T", conference__slug="conf"),
        slug="r",
        body='# One\n\n[a](/tags/?q=1&r=2) [b](#one) [c](https://c.example/) `<a href="/d">`',
    )
    image = '<img src="/images/x.png" alt="src=&quot;" title=" src="><a title="href=">e</a>'
    Recap.objects.update(body_html=recap.body_html + image)

    [entry] = _feed(client).iter(f"{ATOM}entry")

    content = entry.findtext(f"{ATOM}content")
    page = "https://notes.example/recaps/r/"
    assert [link for link in targets(content) if link] == [
        "https://notes.example/tags/?q=1&r=2",
        f"{page}#note-h-{recap.uid.hex[:8]}-one",
        "https://c.example/",
    ]
    assert texts(content, "code") == ['<a href="/d">']
    [picture] = elements(content, "img")
    assert (picture["src"], picture["alt"], picture["title"]) == (
        "https://notes.example/images/x.png",
        'src="',
        " src=",
    )


def test_updated_is_when_the_text_changed_or_came_out(client):
    RecapFactory(title="Written long before", published_at=_on(9))
    Recap.objects.update(updated_at=_on(1))
    RecapFactory(title="Changed since", published_at=_on(2))
    Recap.objects.filter(title="Changed since").update(updated_at=_on(8))

    feed = _feed(client)

    assert [_texts(entry, "title", "updated") for entry in feed.iter(f"{ATOM}entry")] == [
        ["Written long before", "2017-05-09T00:00:00+00:00"],
        ["Changed since", "2017-05-08T00:00:00+00:00"],
    ]
    assert feed.findtext(f"{ATOM}updated") == "2017-05-09T00:00:00+00:00"


# Conditional requests


def _conditional(client, etag, path="/feeds/recaps.atom"):
    return client.get(path, headers={"if-none-match": etag})


def test_who_has_the_feed_is_told_so_without_its_texts_being_read(
    client, django_assert_num_queries
):
    RecapFactory()
    etag = client.get("/feeds/recaps.atom").headers["ETag"]

    with django_assert_num_queries(2):
        response = _conditional(client, etag)

    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["ETag"] == etag


def _save_text(recap):
    recap.body = "Changed."
    write_recap(recap)


def _store_html(recap):
    Recap.objects.filter(pk=recap.pk).update(body_html="<p>Rendered anew</p>")


def _rename_author(recap):
    User.objects.filter(pk=recap.author_id).update(public_name="Renamed")


def _rename_talk(recap):
    Talk.objects.filter(pk=recap.talk_id).update(title="Renamed")


@pytest.mark.parametrize(
    "change",
    [
        _save_text,
        _store_html,
        _rename_author,
        _rename_talk,
        lambda recap: Tag.objects.update(name="renamed"),
        lambda recap: recap.talk.tags.add("more"),
        lambda recap: Recap.objects.update(status="draft", published_at=None),
        lambda recap: Recap.objects.update(published_at=dt.datetime(2199, 1, 1, tzinfo=dt.UTC)),
        lambda recap: Recap.objects.update(deleted_at=_on(1)),
        lambda recap: RecapFactory(),
    ],
)
def test_a_change_is_in_the_feed_at_once(client, change):
    recap = RecapFactory(title="", talk=TalkFactory(tags=[TagFactory()]))
    before = client.get("/feeds/recaps.atom")

    change(recap)

    after = _conditional(client, before.headers["ETag"])
    assert after.status_code == 200
    assert after.content != before.content


def test_what_is_unpublished_while_the_feed_is_made_is_left_out(client, monkeypatch):
    recap = RecapFactory(title="Kept")
    RecapFactory(title="Withdrawn", talk=recap.talk)
    read = feeds.load_texts

    def withdrawn_meanwhile(recaps, published):
        Recap.objects.filter(title="Withdrawn").update(status="draft")
        return read(recaps, published)

    monkeypatch.setattr(feeds, "load_texts", withdrawn_meanwhile)

    assert _titles(_feed(client)) == ["Kept"]


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
@pytest.mark.parametrize(
    ("path", "queries"), [("/feeds/recaps.atom", 3), ("/series/years/feed.atom", 4)]
)
def test_a_feed_runs_three_queries_and_one_for_its_thing(
    client, django_assert_num_queries, path, queries, recap_count
):
    conference = ConferenceFactory(series=SeriesFactory(slug="years"))
    for _ in range(recap_count):
        RecapFactory(talk=TalkFactory(conference=conference, tags=[TagFactory()]))
        RecapFactory(conference=conference, talk=None, tags=[TagFactory(), TagFactory()])

    with django_assert_num_queries(queries):
        feed = _feed(client, path)

    assert len(_titles(feed)) == 2 * recap_count
