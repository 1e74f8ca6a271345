import pytest

from exchange.video_hosts import video_of

UUID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.youtube.com/watch?v=AbCdEf-_123", ("youtube", "AbCdEf-_123")),
        ("https://www.youtube.com/watch?list=PLx&v=AbCdEf-_123&t=9", ("youtube", "AbCdEf-_123")),
        ("https://m.youtube.com/watch?v=AbCdEf-_123", ("youtube", "AbCdEf-_123")),
        ("https://youtu.be/AbCdEf-_123?t=9", ("youtube", "AbCdEf-_123")),
        ("https://youtu.be/AbCdEf-_123/", ("youtube", "AbCdEf-_123")),
        ("https://www.youtube.com/embed/AbCdEf-_123", ("youtube", "AbCdEf-_123")),
        ("https://www.youtube-nocookie.com/embed/AbCdEf-_123", ("youtube", "AbCdEf-_123")),
        ("http://www.youtube.com/v/AbCdEf-_123", ("youtube", "AbCdEf-_123")),
        ("https://www.youtube.com/shorts/AbCdEf-_123", ("youtube", "AbCdEf-_123")),
        ("https://www.youtube.com/live/AbCdEf-_123", ("youtube", "AbCdEf-_123")),
        ("https://www.youtube.com/playlist?list=PLx", ("youtube", "")),
        ("https://www.youtube.com/watch?v=<script>", ("youtube", "")),
        ("https://youtu.be/", ("youtube", "")),
        ("https://vimeo.com/123456789", ("vimeo", "123456789")),
        ("https://player.vimeo.com/video/123456789", ("vimeo", "123456789")),
        ("https://vimeo.com/channels/trees/123456789", ("vimeo", "123456789")),
        ("https://vimeo.com/about", ("vimeo", "")),
        (f"https://tube.example/videos/watch/{UUID}", ("peertube", UUID)),
        ("https://tube.example/w/kkGMgK9ZtnKfYAgnEtQxbv", ("peertube", "kkGMgK9ZtnKfYAgnEtQxbv")),
        ("https://media.ccc.de/v/trees-1-pruning", ("media_ccc", "trees-1-pruning")),
        ("https://media.ccc.de/c/trees", ("other", "")),
        ("https://archive.org/details/treecon_12", ("archive_org", "treecon_12")),
        ("https://archive.org/download/treecon_12/a.ogv", ("file", "")),
        ("https://archive.org/", ("archive_org", "")),
        ("https://archive.org/details/" + "x" * 201, ("archive_org", "")),
        ("https://media.example/a.MP4", ("file", "")),
        ("https://media.example/a.ogv?x=1", ("file", "")),
        ("https://notyoutube.com/watch?v=AbCdEf-_123", ("other", "")),
        ("https://media.example/a", ("other", "")),
    ],
)
def test_video_of_address(url, expected):
    video = video_of(url)

    assert (str(video.provider), video.video_id) == expected


@pytest.mark.parametrize(("declared", "provider"), [("MP4", "file"), ("video", "other")])
def test_video_of_unknown_host_follows_the_declared_type(declared, provider):
    assert str(video_of("https://media.example/a", declared).provider) == provider
