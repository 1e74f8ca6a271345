"""How recordings are played on their talk's page, and what the policy allows for it."""

import pytest

from conferences.factories import ConferenceFactory
from foundation.pages.tests.test_headers import POLICY
from recaps.factories import RecapFactory
from talks.factories import RecordingFactory, TalkFactory
from talks.models import Recording
from talks.recordings import Player, player_of, policy_for, shown_recordings
from tests.tools.pages import elements

UUID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"
YOUTUBE = (
    "https://www.youtube-nocookie.com/embed/abcdef12345"
    "?autoplay=1&playsinline=1&rel=0&start={second}"
)
VIMEO = "https://player.vimeo.com/video/12345"
PEERTUBE = f"/videos/embed/{UUID}?autoplay=1&start={{second}}"


@pytest.mark.parametrize(
    ("provider", "url", "video_id", "address"),
    [
        ("youtube", "https://youtu.be/other-one-1", "abcdef12345", YOUTUBE),
        ("youtube", "http://www.youtube.com/watch?x=1&v=abcdef12345&t=9", "", YOUTUBE),
        ("youtube", "https://youtu.be/abcdef12345", '"><script>', YOUTUBE),
        ("vimeo", "https://vimeo.com/12345", "12345", f"{VIMEO}?autoplay=1&dnt=1#t={{second}}s"),
        (
            "vimeo",
            "https://vimeo.com/12345/0a1b2c3d4e",
            "",
            f"{VIMEO}?h=0a1b2c3d4e&autoplay=1&dnt=1#t={{second}}s",
        ),
        ("peertube", f"https://t.example/w/{UUID}?start=3", "", f"https://t.example{PEERTUBE}"),
        (
            "peertube",
            f"http://t.example:8443/videos/watch/{UUID}",
            UUID,
            f"https://t.example:8443{PEERTUBE}",
        ),
        (
            "archive_org",
            "https://archive.org/details/a_talk.1",
            "",
            "https://archive.org/embed/a_talk.1?autoplay=1&start={second}",
        ),
        (
            "media_ccc",
            "https://media.ccc.de/v/37c3-1-a_talk#t=3",
            "37c3-1-a_talk",
            "https://media.ccc.de/v/37c3-1-a_talk/oembed#t={second}",
        ),
    ],
)
def test_frame_of_a_provider(provider, url, video_id, address):
    recording = Recording(provider=provider, url=url, video_id=video_id)

    assert player_of(recording, loopback=False) == Player(address, is_frame=True)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://v.example/a/talk.mp4?x=1#t=9", "https://v.example/a/talk.mp4?x=1"),
        ("https://V.example:443/talk.WEBM", "https://v.example/talk.WEBM"),
        ("https://v.example:8443/talk.ogv", "https://v.example:8443/talk.ogv"),
    ],
)
def test_file_plays_as_it_is(url, address):
    recording = Recording(provider="file", url=url)

    assert player_of(recording, loopback=False) == Player(address, is_frame=False)


@pytest.mark.parametrize(
    ("provider", "url"),
    [
        pytest.param("other", "https://v.example/talk.mp4", id="unknown-provider"),
        pytest.param("archive_org", "https://archive.org/search", id="archive-without-id"),
        pytest.param(
            "file", "https://archive.org/download/a/talk.mp4", id="file-at-changing-hosts"
        ),
        pytest.param("file", "https://v.example/talk.avi", id="file-no-browser-plays"),
        pytest.param("file", "http://v.example/talk.mp4", id="file-over-http"),
        pytest.param("file", "http://127.0.0.1/talk.mp4", id="this-machine"),
        pytest.param("file", "https://10.0.0.1/talk.mp4", id="number"),
        pytest.param("file", "https://intranet/talk.mp4", id="no-domain"),
        pytest.param("file", "https://v.example;script-src/talk.mp4", id="semicolon"),
        pytest.param("file", "https://v.example,*/talk.mp4", id="comma"),
        pytest.param("file", "https://*.example/talk.mp4", id="star"),
        pytest.param("file", "https://v.example *.evil.example/talk.mp4", id="space"),
        pytest.param("file", "https://v.example\n/talk.mp4", id="line"),
        pytest.param("file", "https://v.example:x/talk.mp4", id="port"),
        pytest.param("file", "https://a@v.example/talk.mp4", id="user"),
        pytest.param("file", "https://'self'/talk.mp4", id="quoted"),
        pytest.param("file", "https://bücher.example/talk.mp4", id="other-letters"),
        pytest.param("file", f"https://{'a.' * 130}example/talk.mp4", id="long"),
        pytest.param("peertube", f"https://tube.example;x/w/{UUID}", id="peertube-semicolon"),
        pytest.param("peertube", "https://tube.example/c/channel", id="peertube-without-id"),
        pytest.param("youtube", "https://www.youtube.com/playlist?list=x", id="youtube-without-id"),
        pytest.param("vimeo", "https://vimeo.com/channels/x", id="vimeo-without-id"),
        pytest.param("media_ccc", "https://media.ccc.de/c/37c3", id="media-ccc-without-id"),
        pytest.param("youtube", "javascript:alert(1)//youtu.be/abcdef12345", id="script"),
    ],
)
def test_what_a_page_cannot_play_stays_a_link(provider, url):
    assert player_of(Recording(provider=provider, url=url), loopback=False) is None


def test_policy_names_each_origin_once():
    recordings = [
        Recording(provider="file", url="https://v.example/1.mp4"),
        Recording(provider="file", url="https://v.example/2.mp4"),
        Recording(provider="file", url="http://127.0.0.1:8100/3.webm"),
        Recording(provider="vimeo", url="https://vimeo.com/12345"),
    ]

    players = [player_of(recording, loopback=True) for recording in recordings]

    assert policy_for(players) == {
        "media-src": ["https://v.example", "http://127.0.0.1:8100"],
        "frame-src": ["https://player.vimeo.com"],
    }


def test_recordings_say_where_the_talk_begins_in_each():
    recordings = [
        Recording(provider="other", url="https://a.example/", offset_seconds=-30),
        Recording(provider="other", url="javascript:alert(1)"),
        Recording(provider="file", url="https://b.example/talk.mp4", offset_seconds=60),
    ]

    shown = shown_recordings(recordings, loopback=False)

    assert [(each.start, each.shift) for each in shown] == [(0, 0), (60, 90)]
    assert shown_recordings([], loopback=False) == []


# The pages


def policy(response):
    return set(response.headers["Content-Security-Policy"].split("; "))


@pytest.mark.django_db
def test_only_the_page_of_a_talk_allows_the_hosts_of_its_own_recordings(client):
    conference = ConferenceFactory(title="Conf")
    talk = TalkFactory(conference=conference, title="Tests")
    RecordingFactory(talk=talk, provider="file", url="https://v.example/talk.mp4", video_id="")
    RecordingFactory(talk=talk)
    RecordingFactory(talk=talk, provider="file", url="https://x.example;script-src/*.mp4")
    RecordingFactory(
        talk=TalkFactory(conference=conference, title="Other"),
        provider="other",
        url="https://o.example/",
    )
    RecapFactory(talk=talk, title="Recap", body="[12:34]")

    own = client.get("/conferences/conf/tests/")
    others = ["/conferences/conf/other/", "/conferences/conf/", "/recaps/recap/", "/"]

    added = {"media-src https://v.example", "frame-src https://www.youtube-nocookie.com"}
    assert policy(own) == POLICY | added
    assert [policy(client.get(address)) for address in others] == [POLICY] * len(others)


def _scripts_of_players(response):
    scripts = [script.get("src", "") for script in elements(response, "script", type="module")]
    return [address for address in scripts if "player" in address]


@pytest.mark.django_db
def test_page_hands_its_script_what_to_play_and_loads_nothing_of_it(client):
    talk = TalkFactory(conference=ConferenceFactory(title="Conf"), title="Tests")
    RecordingFactory(talk=talk, video_id="abcdef12345", offset_seconds=90)

    response = client.get("/conferences/conf/tests/")

    (button,) = elements(response, "button", class_="play")
    assert (button["data-play"], button["data-start"], button["data-shift"]) == (
        YOUTUBE,
        "90",
        "0",
    )
    assert [e["tag"] for e in elements(response) if e["tag"] in {"iframe", "video", "audio"}] == []
    assert _scripts_of_players(response) == ["/static/js/player.js"]


@pytest.mark.django_db
def test_page_without_recordings_has_no_player(client):
    TalkFactory(conference=ConferenceFactory(title="Conf"), title="Tests")

    response = client.get("/conferences/conf/tests/")

    assert policy(response) == POLICY
    assert _scripts_of_players(response) == []
    assert elements(response, id="player") == []
