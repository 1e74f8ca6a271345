import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.report import IssueLog
from exchange.sources.pyvideo.conference import conference_fields
from exchange.sources.pyvideo.folders import EventFolder
from exchange.sources.pyvideo.source import parse_event, talk_fields
from exchange.tests.folders import ABSENT, video, write_event
from exchange.tests.reading import codes

BONSAI = {
    "title": "Growing bonsai in production",
    "speakers": ["Ada Quill"],
    "speakers_note": "",
    "given_on": "2017-04-03",
    "starts_at": None,
    "duration": 1800,
    "language": "en",
    "abstract": "How to prune a tree.",
    "abstract_format": "rst",
    "licence": "CC BY",
    "tags": ["gardening"],
    "recordings": [
        {
            "url": "https://www.youtube.com/watch?v=bonsai00001",
            "provider": "youtube",
            "video_id": "bonsai00001",
        }
    ],
    "links": [{"url": "https://bonsai.example/slides.pdf", "kind": "slides", "label": "Slides"}],
}


def parse(folder, talks, **event):
    return parse_event(EventFolder(write_event(folder, talks, **event)))


def test_parse_event_reads_everything(tmp_path):
    parsed = parse(tmp_path, {"bonsai": video()}, name="treecon-2017@v2")

    (talk,) = parsed.talks
    assert (parsed.name, parsed.folder) == ("treecon-2017", "treecon-2017@v2")
    assert parsed.fields == {
        "title": "TreeCon 2017",
        "starts_on": "2017-04-03",
        "ends_on": "2017-04-03",
        "dates_estimated": True,
    }
    assert (talk.external_id, talk.file) == ("bonsai", "treecon-2017@v2/videos/bonsai.json")
    assert talk.fields == BONSAI
    assert (parsed.issues, parsed.skipped) == ((), ())


def test_parse_event_of_a_title_alone(tmp_path):
    parsed = parse(tmp_path, {"a": {"title": "Only a title"}})

    assert [talk.fields for talk in parsed.talks] == [{"title": "Only a title"}]
    assert codes(parsed) == ["speakers.none", "talk.undated", "videos.none"]


def test_parse_event_ignores_keys_that_are_none_of_its_business(tmp_path):
    extra = {"id": 9, "slug": "x", "published": True, "owner": "me", "created_at": "1999-01-01"}

    parsed = parse(tmp_path, {"a": video(**extra)})

    assert [talk.fields for talk in parsed.talks] == [BONSAI]


def test_parse_event_notes_misspelt_keys(tmp_path):
    parsed = parse(tmp_path, {"a": video(**{",duration": 5, "related_url": "x"})})

    assert codes(parsed) == ["talk.misspelt", "talk.misspelt"]


def test_parse_event_skips_unreadable_files_and_reads_the_rest(tmp_path):
    parsed = parse(
        tmp_path, {"a": '{"title": "A" "B"}', "b": video(), "c": b"\xff", "d": video(title=" ")}
    )

    assert [talk.external_id for talk in parsed.talks] == ["b"]
    assert sorted(parsed.skipped) == ["a", "c", "d"]
    assert [
        (i.finding.code, i.file.removeprefix("treecon-2017/videos/"), i.location)
        for i in parsed.issues
    ] == [
        ("file.not_json", "a.json", "1:15"),
        ("file.not_utf8", "c.json", "byte 0"),
        ("talk.no_title", "d.json", "/title"),
    ]


def test_parse_event_does_not_follow_a_link_to_a_file(tmp_path):
    event = write_event(tmp_path, {"a": video()})
    (tmp_path / "secret").write_text(json.dumps(video()))
    (event / "videos" / "b.json").symlink_to(tmp_path / "secret")
    os.mkfifo(event / "videos" / "c.json")

    parsed = parse_event(EventFolder(event))

    assert [talk.external_id for talk in parsed.talks] == ["a"]
    assert codes(parsed) == ["file.link", "file.not_regular"]


@pytest.mark.parametrize(
    ("category", "code"),
    [
        pytest.param(None, "event.no_category", id="missing"),
        pytest.param('{"title": "T",}', "file.not_json", id="broken"),
        pytest.param("[]", "file.not_an_object", id="list"),
    ],
)
def test_parse_event_without_a_readable_category(tmp_path, category, code):
    parsed = parse(tmp_path, {"a": video()}, category=category)

    assert (parsed.is_described, codes(parsed)) == (False, [code])
    assert "title" not in parsed.fields


def test_parse_event_tells_apart_names_that_only_look_different(tmp_path):
    parsed = parse(tmp_path, {"Café": video(), "Cafe\u0301": video(), "\u200b": video()})

    assert [talk.external_id for talk in parsed.talks] == ["Café"]
    assert sorted(codes(parsed)) == ["folder.name", "folder.same_name"]


def test_parse_event_imports_no_duration_where_they_are_not_seconds(tmp_path):
    talks = {str(n): video(duration=minutes) for n, minutes in enumerate([30, 45, 1800])}

    parsed = parse(tmp_path, talks)

    assert [talk.fields.get("duration", ABSENT) for talk in parsed.talks] == [ABSENT] * 3
    assert [(i.finding.code, i.file, i.value) for i in parsed.issues] == [
        ("event.durations", "treecon-2017", "45")
    ]


def test_parse_event_warns_once_of_times_without_an_offset(tmp_path):
    talks = {str(n): video(recorded=f"2017-04-03 1{n}:00") for n in range(3)}

    parsed = parse(tmp_path, talks)

    assert {talk.fields["starts_at"] for talk in parsed.talks} == {None}
    assert [(i.finding.code, i.value) for i in parsed.issues] == [("event.naive_times", "3")]


def test_digest_follows_what_the_record_says_and_not_how(tmp_path):
    first = parse(tmp_path / "1", {"a": video()})
    same = parse(tmp_path / "2", {"a": dict(reversed(video(thumbnail_url="x").items()))})
    other = parse(tmp_path / "3", {"a": video(title="Growing bonsai at home")})

    assert first.talks[0].digest == same.talks[0].digest != other.talks[0].digest
    assert first.files_hash != same.files_hash


def conference(category, days=(), links=()):
    log = IssueLog("category.json")
    found = conference_fields(category, days=list(days), links=links, log=log)
    return found, [issue.finding.code for issue in log.issues]


@pytest.mark.parametrize(
    ("category", "expected", "expected_codes"),
    [
        pytest.param({"title": " A\nB "}, {"title": "A B"}, [], id="title"),
        pytest.param({"title": None}, {}, [], id="no-title"),
        pytest.param({"title": 5}, {}, ["talk.wrong_type"], id="title-of-wrong-type"),
        pytest.param({"title": "x" * 301}, {"title": "x" * 300}, ["talk.cut"], id="long-title"),
        pytest.param({"description": "a\r\nb"}, {"description": "a\nb"}, [], id="description"),
        pytest.param({"description": None}, {"description": ""}, [], id="no-description"),
        pytest.param({"url": "https://a.example"}, {"website": "https://a.example"}, [], id="url"),
        pytest.param({"url": ""}, {}, [], id="blank-url"),
        pytest.param({"url": "javascript:x"}, {}, ["url.scheme"], id="unsafe-url"),
        pytest.param({"start_date": "soon"}, {}, ["event.date"], id="odd-date"),
        pytest.param({"start_date": 2017}, {}, ["event.date"], id="date-of-wrong-type"),
        pytest.param({"end_date": "2017-04-05"}, {}, ["event.end"], id="end-without-start"),
    ],
)
def test_conference_fields(category, expected, expected_codes):
    assert conference(category) == (expected, expected_codes)


@pytest.mark.parametrize(
    ("category", "expected", "expected_codes"),
    [
        pytest.param({}, ("2017-04-02", "2017-04-09", True), [], id="estimated"),
        pytest.param({"start_date": "2017-04-03"}, ("2017-04-03", None, False), [], id="open-end"),
        pytest.param(
            {"start_date": "2017-04-03", "end_date": "2017-04-05"},
            ("2017-04-03", "2017-04-05", False),
            [],
            id="told",
        ),
        pytest.param(
            {"start_date": "2017-04-03", "end_date": "2017-04-01"},
            ("2017-04-03", None, False),
            ["event.end"],
            id="ends-before-it-starts",
        ),
    ],
)
def test_conference_dates(category, expected, expected_codes):
    found, found_codes = conference(category, days=["2017-04-09", "2017-04-02"])

    assert (tuple(found.values()), found_codes) == (expected, expected_codes)


def test_conference_website_is_what_most_talks_call_it():
    website = {"label": "Conference Website", "url": "https://treecon.example/", "kind": "page"}
    typo = {**website, "url": "https://treecom.example/"}
    plan = {**website, "label": "Conference schedule", "url": "https://treecon.example/plan"}

    found, found_codes = conference({}, links=[typo, website, plan, plan, plan, website])

    assert (found, found_codes) == ({"website": website["url"]}, ["event.link"] * 3)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["url", "label", "type", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)
records = st.dictionaries(st.sampled_from([*video(), "summary", ",duration"]), json_values)


@settings(max_examples=400, deadline=None)
@given(record=records, category=records)
def test_no_record_makes_the_parser_raise(record, category):
    log = IssueLog("a.json")

    found = talk_fields({"title": "Bonsai", **record}, log)
    conference_fields(category, days=[], links=[], log=log)

    json.dumps([found, [issue.as_json() for issue in log.issues]]).encode("ascii")
    for issue in log.issues:
        assert issue.as_line().isprintable()
