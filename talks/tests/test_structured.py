"""What pages say of themselves to machines: JSON-LD and Open Graph."""

import datetime as dt
import json
import re

import pytest

from conferences.factories import ConferenceFactory, SeriesFactory
from foundation.pages.json_ld import ld_script
from recaps.factories import RecapFactory
from recaps.models import Recap
from speakers.factories import SpeakerFactory
from talks.factories import RecordingFactory, TagFactory, TalkFactory
from tests.tools.every_page import every_page
from tests.tools.pages import elements

pytestmark = pytest.mark.django_db
SITE = "https://notes.example"
HOSTILE = "</script><script>a()</script><!--\u2028&\"'\\"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = SITE


def _things(client, path):
    page = client.get(path).content.decode()
    opening = '<script type="application/ld+json">'
    assert page.count(opening) == 1
    data = page.partition(opening)[2].partition("</script>")[0]
    assert json.loads(data)["@context"] == "https://schema.org"
    return json.loads(data)["@graph"]


def _open_graph(client, path):
    tags = elements(client.get(path), "meta")
    return {tag["property"]: tag["content"] for tag in tags if "property" in tag}


@pytest.fixture
def conference():
    return ConferenceFactory(
        title="Conf",
        slug="conf",
        series=SeriesFactory(title="Years", slug="years"),
        city="Lisbon",
        country="PT",
        time_zone="Europe/Lisbon",
    )


def _conference_event():
    return {
        "@type": "Event",
        "@id": f"{SITE}/conferences/conf/#event",
        "name": "Conf",
        "url": f"{SITE}/conferences/conf/",
        "startDate": "2017-04-03",
        "endDate": "2017-04-05",
        "location": {
            "@type": "Place",
            "name": "Lisbon, Portugal",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Lisbon",
                "addressCountry": "PT",
            },
        },
    }


def test_a_conference_is_an_event(client, conference):
    assert _things(client, "/conferences/conf/") == [_conference_event()]


def test_a_talk_is_an_event_with_its_recordings_and_recaps(client, conference):
    talk = TalkFactory(
        conference=conference,
        title="Tests",
        room="Main hall",
        starts_at=dt.datetime(2017, 4, 3, 9, 30, tzinfo=dt.UTC),
        duration=dt.timedelta(minutes=45),
        language="en",
        is_cancelled=True,
        speakers=[SpeakerFactory(name="Ada", slug="ada")],
        tags=[TagFactory(name="testing")],
    )
    RecordingFactory(talk=talk, video_id="abcdef12345", offset_seconds=90)
    RecordingFactory(talk=talk, provider="file", url="https://files.example/t.mp4", language="de")
    recap = RecapFactory(talk=talk, title="Notes", author__public_name="Bo", author__slug="bo")
    Recap.objects.update(updated_at=dt.datetime(2017, 5, 1, tzinfo=dt.UTC))
    RecapFactory(talk=talk, title="Hidden", draft=True)

    event, article = _things(client, "/conferences/conf/tests/")

    assert event == {
        "@type": "Event",
        "@id": f"{SITE}/conferences/conf/tests/#event",
        "name": "Tests",
        "url": f"{SITE}/conferences/conf/tests/",
        "startDate": "2017-04-03T10:30:00+01:00",
        "endDate": "2017-04-03T11:15:00+01:00",
        "duration": "P0DT00H45M00S",
        "eventStatus": "https://schema.org/EventCancelled",
        "inLanguage": "en",
        "performer": [{"@type": "Person", "name": "Ada", "url": f"{SITE}/speakers/ada/"}],
        "location": {**_conference_event()["location"], "name": "Main hall"},
        "keywords": ["testing"],
        "superEvent": _conference_event(),
        "recordedIn": [
            {
                "@type": "CreativeWork",
                "name": "Tests",
                "url": "https://www.youtube.com/watch?v=abcdef12345",
                "inLanguage": "en",
            },
            {
                "@type": "CreativeWork",
                "name": "Tests",
                "url": "https://files.example/t.mp4",
                "inLanguage": "de",
            },
        ],
    }
    assert article == {
        "@type": "Article",
        "@id": recap.uid.urn,
        "headline": "Notes",
        "url": f"{SITE}/recaps/notes/",
        "datePublished": "2017-04-10T12:00:00+00:00",
        "dateModified": "2017-05-01T00:00:00+00:00",
        "author": {"@type": "Person", "name": "Bo", "url": f"{SITE}/authors/bo/"},
        "about": {
            "@type": "Thing",
            "name": "Tests",
            "url": f"{SITE}/conferences/conf/tests/",
        },
    }
    assert _things(client, "/recaps/notes/") == [article]


@pytest.mark.parametrize(
    ("known", "day"),
    [
        ({"dates_estimated": True, "city": "Lisbon"}, "2017-04-03"),
        ({"city": "", "country": ""}, "2017-04-03"),
        ({"undated": True, "country": "PT"}, None),
    ],
)
def test_what_has_no_known_day_or_place_is_no_event(client, known, day):
    conference = ConferenceFactory(title="Conf", slug="conf", **known)
    talk = TalkFactory(conference=conference, title="Tests", room="Main hall", given_on=day)
    RecapFactory(talk=talk, title="Notes")
    RecordingFactory(talk=talk)

    [article] = _things(client, "/conferences/conf/tests/")
    page = client.get("/conferences/conf/")

    assert article["@type"] == "Article"
    assert [each for each in elements(page, "script") if "ld+json" in each.get("type", "")] == []


def test_a_talk_without_an_hour_is_an_event_of_its_day(client):
    TalkFactory(conference=ConferenceFactory(slug="conf", city="Lisbon"), title="Day")

    [event] = _things(client, "/conferences/conf/day/")

    assert event["startDate"] == "2017-04-03"


def _all_in(value):
    """Return every thing within what JSON holds."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [*([value] if isinstance(value, dict) else []), *(a for p in parts for a in _all_in(p))]


@pytest.mark.walks
@pytest.mark.parametrize("fields", [{}, {"starts_at": dt.datetime(2017, 4, 3, 9, tzinfo=dt.UTC)}])
def test_every_thing_on_every_page_says_what_its_kind_must(client, fields):
    required = {
        "Event": {"name", "startDate", "location"},
        "VideoObject": {"name", "thumbnailUrl", "uploadDate"},
        "Place": {"name", "address"},
        "Article": {"headline", "datePublished", "dateModified", "author", "url"},
        "Person": {"name", "url"},
    }
    paths = [path for name, path in every_page(**fields).items() if name != "image"]
    pages = [client.get(path) for path in paths]
    html = [getattr(page, "content", b"").decode() for page in pages]
    blocks = [b for page in html for b in re.findall(r'ld\+json">(.*?)</script>', page)]
    things = _all_in([json.loads(block) for block in blocks])

    assert {"Event", "Article", "Person"} <= {thing.get("@type") for thing in things}
    for thing in things:
        assert required.get(thing.get("@type"), set()) <= set(thing)


def test_no_text_ends_the_block_of_data(client):
    talk = TalkFactory(
        conference=ConferenceFactory(title=HOSTILE, slug="conf", city=HOSTILE),
        title=HOSTILE,
        slug="tests",
        room=HOSTILE,
        speakers=[SpeakerFactory(name=HOSTILE[:100], slug="ada")],
        tags=[TagFactory(name=HOSTILE, slug="tag")],
    )
    RecapFactory(talk=talk, title=HOSTILE, slug="notes", summary=HOSTILE)
    talk.refresh_from_db()
    page = client.get("/conferences/conf/tests/")

    event, article = _things(client, "/conferences/conf/tests/")

    assert (event["name"], article["headline"]) == (talk.title, talk.title)
    inline = [script["type"] for script in elements(page, "script") if "src" not in script]
    assert inline == ["application/ld+json"]
    assert "<" not in ld_script([{"name": HOSTILE}]).removesuffix("</script>")[1:]
    assert "\u2028" not in ld_script([{"name": HOSTILE}])
    assert ld_script([]) == ""


def test_pages_say_who_they_are_where_they_are_shared(client, conference):
    talk = TalkFactory(conference=conference, title="A “B” & <c>", slug="t")
    talk.tags.add("testing")
    RecapFactory(talk=talk, title="Notes", summary='Say "<hi>".', author__slug="bo")
    Recap.objects.update(updated_at=dt.datetime(2017, 5, 1, tzinfo=dt.UTC))
    address = f"{SITE}/conferences/conf/t/"

    assert _open_graph(client, "/conferences/conf/t/?q=1") == {
        "og:url": address,
        "og:title": "A “B” & <c>",
        "og:description": "“A “B” & <c>” at Conf: who, where, when, the recording, and recaps.",
        "og:site_name": "Talk Notes",
        "og:type": "website",
    }
    assert _open_graph(client, "/recaps/notes/") == {
        "og:url": f"{SITE}/recaps/notes/",
        "og:title": "Notes",
        "og:description": 'Say "<hi>".',
        "og:site_name": "Talk Notes",
        "og:type": "article",
        "article:published_time": "2017-04-10T12:00:00+00:00",
        "article:modified_time": "2017-05-01T00:00:00+00:00",
        "article:author": f"{SITE}/authors/bo/",
        "article:tag": "testing",
    }
    assert _open_graph(client, "/nowhere/") == {}
