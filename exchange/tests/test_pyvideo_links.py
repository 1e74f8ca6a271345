import pytest

from exchange.report import IssueLog
from exchange.sources.pyvideo.lists import conference_links, links, recordings

YOUTUBE = {
    "url": "https://youtu.be/bonsai00001",
    "provider": "youtube",
    "video_id": "bonsai00001",
}
RAW_FILE = {"url": "https://media.example/a.mp4", "provider": "file", "video_id": ""}


def found_and_codes(function, record):
    log = IssueLog("a.json")
    found = function(record, log)
    return found, [issue.finding.code for issue in log.issues]


@pytest.mark.parametrize(
    ("raw", "expected", "codes"),
    [
        pytest.param([{"url": YOUTUBE["url"]}], [YOUTUBE], [], id="one"),
        pytest.param(
            [{"url": RAW_FILE["url"]}, {"url": YOUTUBE["url"]}],
            [YOUTUBE, RAW_FILE],
            [],
            id="page-before-file",
        ),
        pytest.param({"url": YOUTUBE["url"]}, [YOUTUBE], ["videos.object"], id="object"),
        pytest.param([YOUTUBE["url"]], [YOUTUBE], [], id="bare-address"),
        pytest.param([{"url": YOUTUBE["url"]}] * 2, [YOUTUBE], ["videos.twice"], id="twice"),
        pytest.param(
            [{"type": "mp4"}, None, 7, {"url": None}, {"url": YOUTUBE["url"]}],
            [YOUTUBE],
            ["videos.dropped"] * 4,
            id="wrong-types",
        ),
        pytest.param(
            [{"url": "javascript:x"}, {"url": YOUTUBE["url"], "type": 5}],
            [YOUTUBE],
            ["url.scheme"],
            id="unsafe",
        ),
    ],
)
def test_recordings(raw, expected, codes):
    assert found_and_codes(recordings, {"videos": raw}) == ({"recordings": expected}, codes)


@pytest.mark.parametrize(
    ("record", "codes"),
    [
        pytest.param({}, ["videos.none"], id="absent"),
        pytest.param({"videos": []}, ["videos.none"], id="empty"),
        pytest.param({"videos": None}, ["videos.none"], id="null"),
        pytest.param({"videos": "x"}, ["videos.none"], id="text"),
        pytest.param(
            {"videos": [{"url": "/a.mp4"}]}, ["url.relative", "videos.none"], id="none-usable"
        ),
    ],
)
def test_recordings_that_are_none(record, codes):
    assert found_and_codes(recordings, record) == ({}, codes)


@pytest.mark.parametrize(
    ("url", "label", "kind"),
    [
        ("https://trees.example/talk", "Slides", "slides"),
        ("https://trees.example/talk", "Vortragsfolien", "slides"),
        ("https://trees.example/talk", "Diapositivas", "slides"),
        ("https://trees.example/talk", "La présentation", "slides"),
        ("https://trees.example/talk.PDF?x=1", "", "slides"),
        ("https://speakerdeck.com/fern/trees", "", "slides"),
        ("https://fern.slides.com/trees", "", "slides"),
        ("https://docs.google.com/presentation/d/1", "", "slides"),
        ("https://docs.google.com/document/d/1", "", "page"),
        ("https://github.com/fern/trees", "", "code"),
        ("https://github.com/fern/trees/raw/a.pdf", "", "slides"),
        ("https://trees.example/talk", "Talk page", "page"),
    ],
)
def test_links_have_a_kind(url, label, kind):
    found, codes = found_and_codes(links, {"related_urls": [{"url": url, "label": label}]})

    assert (found, codes) == ({"links": [{"url": url, "kind": kind, "label": label}]}, [])


PAGE = {"url": "https://trees.example/", "kind": "page", "label": ""}


@pytest.mark.parametrize(
    ("raw", "expected", "codes"),
    [
        pytest.param(["https://trees.example/"], [PAGE], [], id="bare-address"),
        pytest.param("https://trees.example/", [PAGE], [], id="text"),
        pytest.param({"url": "https://trees.example/"}, [PAGE], [], id="object"),
        pytest.param(
            [PAGE["url"], {"url": PAGE["url"], "label": "x"}], [PAGE], [], id="first-wins"
        ),
        pytest.param([{"url": PAGE["url"], "label": 9}], [PAGE], [], id="label-of-wrong-type"),
        pytest.param(["/media/a.pdf", PAGE["url"]], [PAGE], ["url.relative"], id="relative"),
        pytest.param([None, 5, {}], [], ["links.dropped"] * 3, id="wrong-types"),
        pytest.param([], [], [], id="empty"),
        pytest.param(None, [], [], id="null"),
        pytest.param(
            [{"label": "Conference Schedule", "url": "https://trees.example/plan"}],
            [],
            [],
            id="about-the-conference",
        ),
    ],
)
def test_links(raw, expected, codes):
    assert found_and_codes(links, {"related_urls": raw}) == ({"links": expected}, codes)


@pytest.mark.parametrize(("record", "codes"), [({}, []), ({"related_urls": 5}, ["links.none"])])
def test_links_that_the_record_lacks(record, codes):
    assert found_and_codes(links, record) == ({}, codes)


def test_conference_links_are_those_with_its_labels():
    website = {"label": "Conference website", "url": "https://treecon.example/"}
    others = [{"label": "Slides", "url": "https://a.example/"}, "https://b.example/", None, {}]

    found = conference_links({"related_urls": [website, *others]})

    assert found == [{**website, "kind": "page"}]


@pytest.mark.parametrize("raw", [None, 5, "x", {}, [{"label": "conference website"}]], ids=repr)
def test_conference_links_that_are_none(raw):
    assert conference_links({"related_urls": raw}) == []
