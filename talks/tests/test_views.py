"""The page of a talk, as readers get it."""

import datetime as dt

import pytest

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from foundation.models.old_addresses import change_address
from recaps.factories import RecapFactory
from recaps.models import Recap
from speakers.factories import SpeakerFactory
from talks.addresses import rename_talk
from talks.factories import RecordingFactory, TagFactory, TalkFactory, TalkLinkFactory
from talks.models import Recording, TalkSpeaker
from tests.tools.pages import elements, targets, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    return ConferenceFactory(title="Conf", city="Lisbon", country="PT", time_zone="Europe/Lisbon")


def facts(response):
    """Return the facts of the page: [[term, description, …], …] in their order."""
    found = []
    for element in elements(response, inside="facts"):
        if element["tag"] == "dt":
            found.append([element["text"]])
        elif element["tag"] == "dd":
            found[-1].append(element["text"])
    return found


def line(response):
    """Return the line of facts below the title."""
    return texts(response, class_="talk-line")[0]


def test_talk_says_who_where_when_and_how_long(client, conference):
    TalkFactory(
        conference=conference,
        title="Tests",
        kind="keynote",
        starts_at=dt.datetime(2017, 4, 3, 9, 30, tzinfo=dt.UTC),
        duration=dt.timedelta(minutes=45),
        room="Main hall",
        track="Web",
        language="pt-BR",
        licence="CC BY",
        speakers=[SpeakerFactory(name="Zoe Last"), SpeakerFactory(name="Ada First")],
        tags=[TagFactory(name="testing"), TagFactory(name="Async")],
    )

    response = client.get("/conferences/conf/tests/")

    assert texts(response, "h1", lang="pt-BR") == ["Tests"]
    assert texts(response, "a", inside="speakers") == ["Zoe Last", "Ada First"]
    assert targets(response, inside="speakers") == ["/speakers/zoe-last/", "/speakers/ada-first/"]
    assert line(response) == (
        "3 April 2017 10:30 Europe/Lisbon Main hall 45 min Keynote Brazilian Portuguese"
    )
    assert facts(response) == [
        ["Where", "Conf", "Lisbon, Portugal", "Calendar file"],
        ["Track", "Web"],
        ["Licence", "CC BY"],
    ]
    assert targets(response, inside="talk-tags") == ["/tags/async/", "/tags/testing/"]
    assert texts(response, "time", datetime="2017-04-03T10:30:00+01:00") == ["10:30"]


def test_talk_of_which_little_is_known_says_so(client):
    conference = ConferenceFactory(title="Conf", undated=True)
    TalkFactory(conference=conference, title="Tests", undated=True)

    response = client.get("/conferences/conf/tests/")

    assert line(response) == "day unknown"
    assert facts(response) == [["Where", "Conf"]]
    assert texts(response, class_="speakers") == []
    assert "Nobody has written a recap of this talk yet." in texts(response, "p")


def test_estimated_day_says_that_it_is(client):
    conference = ConferenceFactory(title="Conf", dates_estimated=True)
    TalkFactory(conference=conference, title="Tests")

    response = client.get("/conferences/conf/tests/")

    assert line(response) == "3 April 2017 (estimated)"


def test_speaker_is_shown_as_the_programme_spelled_the_name(client, conference):
    talk = TalkFactory(conference=conference, title="Tests")
    speaker = SpeakerFactory(name="Ada Okafor")
    TalkSpeaker.objects.create(talk=talk, speaker=speaker, credited_as="A. Okafor")

    response = client.get("/conferences/conf/tests/")

    assert texts(response, "a", inside="speakers") == ["A. Okafor"]
    assert targets(response, inside="speakers") == ["/speakers/ada-okafor/"]


def test_thirty_four_speakers_are_all_named(client, conference):
    crowd = [SpeakerFactory(name=f"Person {number:02}") for number in range(34)]
    TalkFactory(conference=conference, title="Tests", speakers=crowd)

    response = client.get("/conferences/conf/tests/")

    assert texts(response, "a", inside="speakers") == [speaker.name for speaker in crowd]


def test_note_stands_where_nobody_is_named(client, conference):
    TalkFactory(conference=conference, title="Tests", speakers_note="Various speakers")

    response = client.get("/conferences/conf/tests/")

    assert texts(response, class_="speakers") == ["Various speakers"]


def test_recordings_and_links_are_links_and_nothing_is_loaded_from_there(client, conference):
    talk = TalkFactory(conference=conference, title="Tests", language="en")
    RecordingFactory(talk=talk, url="https://www.youtube.com/watch?v=1", position=1)
    RecordingFactory(talk=talk, url="https://vimeo.com/2", position=0, language="de")
    TalkLinkFactory(talk=talk, url="https://slides.example/1", label="My slides")
    TalkLinkFactory(talk=talk, url="https://code.example/1", label="", kind="code")

    response = client.get("/conferences/conf/tests/")

    assert [(link["href"], link["text"]) for link in elements(response, "a", inside="ways")] == [
        ("https://vimeo.com/2", "Watch on vimeo.com (German)"),
        ("https://www.youtube.com/watch?v=1", "Watch on youtube.com"),
        ("https://slides.example/1", "My slides (slides.example)"),
        ("https://code.example/1", "Code code.example/1"),
    ]
    assert elements(response, "iframe") == elements(response, "img") == []


def test_unsafe_address_of_a_recording_is_no_link(client, conference):
    recording = RecordingFactory(talk=TalkFactory(conference=conference, title="Tests"))
    unsafe = "https://user:password@example.org/"
    Recording.objects.filter(pk=recording.pk).update(url=unsafe)

    response = client.get("/conferences/conf/tests/")

    assert targets(response, inside="ways") == []


def test_cancelled_talk_says_so(client, conference):
    TalkFactory(conference=conference, title="Tests", is_cancelled=True)

    response = client.get("/conferences/conf/tests/")

    assert texts(response, class_="notice") == ["This talk was cancelled."]


def test_talk_shows_its_published_recaps_in_full_the_newest_first(client, conference):
    talk = TalkFactory(conference=conference, title="Tests")
    author = UserFactory(public_name="Note Taker", slug="note-taker")
    moment = dt.datetime(2018, 1, 2, 12, tzinfo=dt.UTC)
    RecapFactory(title="Older", talk=talk, body="# Why\n\nBecause *this*.", author=author)
    RecapFactory(title="Newer", talk=talk, published_at=moment, language="he")
    RecapFactory(title="Hidden draft", talk=talk, draft=True)
    RecapFactory(title="Hidden for later", talk=talk, scheduled=True)
    RecapFactory(title="Hidden elsewhere", talk=TalkFactory(conference=conference))

    response = client.get("/conferences/conf/tests/")

    assert texts(response, "h2", class_="recap-title") == ["Newer", "Older"]
    assert texts(response, class_="byline")[1] == (
        "Recap by Note Taker written 10 April 2017 1 min to read"
    )
    assert texts(response, "em", inside="prose") == ["this"]
    assert b"Hidden" not in response.content


def test_a_recap_without_a_title_is_called_by_its_author(client, conference):
    talk = TalkFactory(conference=conference, title="Tests")
    author = UserFactory(public_name="Note Taker", slug="note-taker")
    for slug, title in (("one", ""), ("two", "Tests")):
        RecapFactory(talk=talk, slug=slug, title=title, author=author)

    response = client.get("/conferences/conf/tests/")

    assert texts(response, "h2", class_="recap-title") == ["Recap by Note Taker"] * 2
    assert targets(response, inside="recap-title")[:2] == ["/recaps/two/", "/authors/note-taker/"]
    assert texts(response, class_="byline") == ["written 10 April 2017 1 min to read"] * 2


@pytest.mark.parametrize(
    ("came", "published", "changed", "expected"),
    [
        pytest.param("2017-04-01", "2017-04-10", "2017-04-09", False, id="before-it-appeared"),
        pytest.param("2017-04-01", "2017-04-10", "2017-04-10", False, id="on-the-day"),
        pytest.param("2017-04-01", "2017-04-10", "2017-05-02", True, id="later"),
        pytest.param("2020-01-01", "2017-04-10", "2020-01-01", False, id="brought-along"),
        pytest.param("2020-01-01", "2017-04-10", "2020-01-03", True, id="brought-then-changed"),
    ],
)
def test_a_recap_says_when_it_was_written_and_updated(
    client, conference, came, published, changed, expected
):
    noon = [dt.datetime.fromisoformat(f"{day}T12:00+00:00") for day in (came, published, changed)]
    recap = RecapFactory(talk=TalkFactory(conference=conference, title="Tests"))
    moments = dict(zip(("created_at", "published_at", "updated_at"), noon, strict=True))
    Recap.objects.filter(pk=recap.pk).update(**moments)

    for address in ("/conferences/conf/tests/", f"/recaps/{recap.slug}/"):
        said = texts(client.get(address), class_="dated")
        assert said[0] == "written 10 April 2017"
        assert [text.partition(" ")[0] for text in said[1:]] == ["updated"] * expected


def test_what_was_announced_stands_before_the_recaps_or_leads_without_them(client, conference):
    talk = TalkFactory(conference=conference, title="Tests", abstract="What was promised.")
    bare = client.get("/conferences/conf/tests/").content.decode()
    RecapFactory(talk=talk, body="What was said.")
    covered = client.get("/conferences/conf/tests/").content.decode()

    assert texts(bare, "p", inside="announced") == ["What was promised."]
    assert texts(covered, "p", inside="talk-beside")[0] == "What was promised."
    assert covered.index("What was promised.") < covered.index("What was said.")


def test_footnotes_of_recaps_on_one_page_lead_to_their_own(client, conference):
    talk = TalkFactory(conference=conference, title="Tests")
    for title in ("One", "Two"):
        RecapFactory(title=title, talk=talk, body=f"See[^1].\n\n[^1]: {title} says so.")

    response = client.get("/conferences/conf/tests/")

    notes = {note["id"]: note["text"] for note in elements(response, "li", class_="footnote-item")}
    links = [link["href"] for link in elements(response, "a", inside="footnote-ref")]
    assert [notes[link.removeprefix("#")][:3] for link in links] == ["Two", "One"]


@pytest.mark.parametrize(
    ("abstract_format", "abstract", "expected"),
    [
        pytest.param("plain", "a *b*\n\n<b>c</b>", [("p", "a *b*"), ("p", "<b>c</b>")], id="plain"),
        pytest.param(
            "markdown", "a *b*\n\n# c", [("p", "a b"), ("em", "b"), ("h3", "c")], id="markdown"
        ),
        pytest.param(
            "html",
            '<p onclick="x()">a</p><script>b()</script><img src="https://x.example/"><form>c</form>',
            [("p", "a")],
            id="html",
        ),
        pytest.param(
            "rst",
            ".. raw:: html\n\n   <b>x</b>",
            [("p", ".. raw:: html"), ("p", "<b>x</b>")],
            id="rst",
        ),
    ],
)
def test_abstract_is_shown_safely_in_every_format(
    client, conference, abstract_format, abstract, expected
):
    TalkFactory(
        conference=conference, title="Tests", abstract=abstract, abstract_format=abstract_format
    )

    response = client.get("/conferences/conf/tests/")

    shown = elements(response, inside="prose")[1:]
    assert [(element["tag"], element["text"]) for element in shown] == expected


def test_talk_leads_to_its_neighbours_in_the_programme(client, conference):
    for number in (1, 2, 3, 4):
        day = dt.date(2017, 4, 3) + dt.timedelta(days=number)
        TalkFactory(conference=conference, title=f"Talk on {number}", given_on=day)
    TalkFactory(title="Elsewhere", given_on=dt.date(2017, 4, 5))

    response = client.get("/conferences/conf/talk-on-2/")

    assert targets(response, rel="prev") == ["/conferences/conf/talk-on-1/"]
    assert targets(response, rel="next") == ["/conferences/conf/talk-on-3/"]


def test_texts_of_a_talk_are_escaped(client, conference):
    name = "<script>a()</script>"
    TalkFactory(
        conference=conference,
        title=name,
        slug="tests",
        room=name,
        track=name,
        licence=name,
        speakers=[SpeakerFactory(name=name, slug="speaker")],
        tags=[TagFactory(name=name, slug="tag")],
        abstract=name,
    )

    response = client.get("/conferences/conf/tests/")

    inline = [script["type"] for script in elements(response, "script") if "src" not in script]
    assert inline == ["application/ld+json"]
    assert texts(response, "h1") == [name]


@pytest.mark.parametrize("row_count", [1, 3])
def test_talk_asks_the_same_number_of_queries(
    client, conference, django_assert_num_queries, row_count
):
    talk = TalkFactory(
        conference=conference,
        title="Tests",
        speakers=[SpeakerFactory() for _ in range(row_count)],
        tags=[TagFactory() for _ in range(row_count)],
    )
    for _ in range(row_count):
        RecordingFactory(talk=talk)
        TalkLinkFactory(talk=talk)
        RecapFactory(talk=talk)
        TalkFactory(conference=conference, tags=[talk.shown_tags[0]])

    with django_assert_num_queries(11):
        response = client.get("/conferences/conf/tests/")

    assert len(texts(response, class_="recap-title")) == row_count


# Old addresses


def test_old_talk_below_an_old_conference_is_one_redirect_away(client, conference):
    talk = TalkFactory(conference=conference, slug="first")
    rename_talk(talk, slug="second")
    change_address(conference, slug="conf-renamed")
    rename_talk(talk, slug="third")
    change_address(conference, slug="conf-today")

    paths = ["conf/first", "conf/second", "conf-renamed/first", "conf/third", "conf-today/second"]
    answers = [client.get(f"/conferences/{path}/") for path in paths]

    assert [(a.status_code, a.headers.get("Location")) for a in answers] == [
        (301, "/conferences/conf-today/third/")
    ] * len(paths)
    assert client.get("/conferences/conf-today/third/").status_code == 200


def test_talk_that_moved_to_another_conference_is_found_at_its_old_address(client, conference):
    rename_talk(
        TalkFactory(conference=conference, slug="tests"),
        conference=ConferenceFactory(slug="other"),
    )

    response = client.get("/conferences/conf/tests/")

    assert (response.status_code, response.headers["Location"]) == (
        301,
        "/conferences/other/tests/",
    )


@pytest.mark.parametrize(
    "path", ["conf/none", "none/tests", "conf/a%20b", "conf/%00", "conf/" + "a" * 121]
)
def test_unknown_talk_is_not_found(client, conference, path):
    TalkFactory(conference=conference, slug="tests")

    assert client.get(f"/conferences/{path}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_talk_can_only_be_read(client, conference, method):
    TalkFactory(conference=conference, slug="tests")

    assert getattr(client, method)("/conferences/conf/tests/").status_code == 405
