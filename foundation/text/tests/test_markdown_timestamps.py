"""Timestamps lead to their moment of the recording, in the provider's own way of saying it."""

import json

import pytest
from django.conf import settings

from foundation.text.markdown import Video, render_markdown
from foundation.text.markdown.inline.timestamps import is_timestamp, seconds_of
from tests.tools.pages import elements

# What the editor's clock writes is tested by the same table.
TABLE = json.loads((settings.BASE_DIR / "tests/tools/timestamps.json").read_text("utf-8"))
FILE = Video("file", "https://v.example/talk.mp4")


@pytest.mark.parametrize(
    ("video", "address"),
    [
        pytest.param(
            Video("youtube", "https://youtu.be/abc123?list=x", "abc123"),
            "https://www.youtube.com/watch?v=abc123&t=754",
            id="youtube",
        ),
        pytest.param(
            Video("youtube", "https://www.youtube.com/watch?t=9&v=abc123#t=9"),
            "https://www.youtube.com/watch?v=abc123&t=754",
            id="youtube-without-id",
        ),
        pytest.param(
            Video("vimeo", "https://vimeo.com/1234", "1234"),
            "https://vimeo.com/1234#t=754s",
            id="vimeo",
        ),
        pytest.param(
            Video("peertube", "https://tube.example/w/abc?start=3"),
            "https://tube.example/w/abc?start=754",
            id="peertube",
        ),
        pytest.param(
            Video("media_ccc", "https://media.ccc.de/v/a_talk#t=3"),
            "https://media.ccc.de/v/a_talk#t=754",
            id="media-ccc",
        ),
        pytest.param(FILE, "https://v.example/talk.mp4#t=754", id="file"),
        pytest.param(
            Video("other", "https://v.example/?q=1"), "https://v.example/?q=1#t=754", id="other"
        ),
    ],
)
def test_a_timestamp_leads_into_the_recording(video, address):
    html = render_markdown("[12:34]", name="n", video=video)

    assert elements(html, "a") == [
        {
            "tag": "a",
            "href": address,
            "class": "timestamp",
            "id": "note-t-n-754",
            "data-seconds": "754",
            "rel": "noopener nofollow",
            "text": "12:34",
        }
    ]


@pytest.mark.parametrize(
    ("typed", "offset", "seconds"),
    [
        pytest.param("0:00", 0, 0, id="start"),
        pytest.param("59:59", 0, 3599, id="minutes"),
        pytest.param("1:02:03", 0, 3723, id="hours"),
        pytest.param("99:00", 0, 5940, id="many-minutes"),
        pytest.param("0:10", 90, 100, id="talk-begins-later"),
        pytest.param("1:00", -30, 30, id="video-begins-later"),
        pytest.param("0:10", -30, 0, id="never-before-the-video"),
    ],
)
def test_moments_are_whole_seconds_from_where_the_talk_begins(typed, offset, seconds):
    video = Video("file", "https://v.example/talk.mp4", offset_seconds=offset)

    (link,) = elements(render_markdown(f"[{typed}]", video=video), "a")

    assert (link["href"], link["data-seconds"]) == (
        f"https://v.example/talk.mp4#t={seconds}",
        str(seconds),
    )


@pytest.mark.parametrize(
    "source",
    [
        "[12:60]",
        "[1:2]",
        "[123:00]",
        "[12]",
        "[1:02:03:04]",
        "[١٢:٣٤]",
        "\\[12:34]",
        "`[12:34]`",
        "    [12:34]",
        "```\n[12:34]\n```",
        "[12:34][x]",
    ],
)
def test_other_text_is_no_timestamp(source):
    assert elements(render_markdown(source, video=FILE), "a") == []


@pytest.mark.parametrize(
    ("source", "addresses"),
    [
        pytest.param("[12:34](/a)", ["/a"], id="link"),
        pytest.param("[see [12:34] there](/a)", ["/a"], id="inside-a-link"),
        pytest.param("[12:34][a]\n\n[a]: /a", ["/a"], id="full-reference"),
    ],
)
def test_ordinary_links_stay_links(source, addresses):
    html = render_markdown(source, video=FILE)

    assert [link["href"] for link in elements(html, "a")] == addresses


def test_a_moment_named_twice_has_two_ids():
    html = render_markdown("[0:01] and *[0:01]* and\n\n- [ ] [00:01]", name="n", video=FILE)

    ids = [link["id"] for link in elements(html, "a")]
    assert ids == ["note-t-n-1", "note-t-n-1.2", "note-t-n-1.3"]


def test_the_link_as_it_is_written():
    assert render_markdown("At [1:05].", name="n", video=FILE) == (
        '<p>At <a href="https://v.example/talk.mp4#t=65" class="timestamp" id="note-t-n-65"'
        ' data-seconds="65" rel="noopener nofollow">1:05</a>.</p>\n'
    )


@pytest.mark.parametrize(
    "video",
    [
        pytest.param(None, id="no-recording"),
        pytest.param(Video("file", "javascript:alert(1)"), id="script"),
        pytest.param(Video("file", "https://a@b.example/"), id="user-part"),
        pytest.param(Video("file", 'https://b.example/"x'), id="quote-mark"),
    ],
)
def test_without_a_recording_timestamps_are_text(video):
    assert render_markdown("At [12:34].", video=video) == "<p>At [12:34].</p>\n"


@pytest.mark.parametrize(("moment", "seconds"), TABLE)
def test_what_the_clock_writes_is_a_timestamp(moment, seconds):
    assert is_timestamp(moment)
    assert seconds_of(moment) == seconds


@pytest.mark.parametrize("text", ["", "12", "1:2", "1:60", "123:00", " 1:00", "1:00 ", "١٢:٣٤"])
def test_what_no_clock_writes_is_none(text):
    assert not is_timestamp(text)
