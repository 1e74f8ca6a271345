import pytest

from exchange.report import IssueLog
from exchange.sources.pyvideo import fields


def found_and_codes(function, record):
    log = IssueLog("a.json")
    found = function(record, log)
    return found, [issue.finding.code for issue in log.issues]


@pytest.mark.parametrize(
    ("raw", "title", "codes"),
    [
        pytest.param("Pruning", "Pruning", [], id="plain"),
        pytest.param("  Pruning\n trees ", "Pruning trees", [], id="space-and-newline"),
        pytest.param("Roots &amp; crowns", "Roots & crowns", ["talk.entities"], id="entity"),
        pytest.param("&amp;amp;", "&amp;", ["talk.entities"], id="unescaped-once-only"),
        pytest.param("&lt;b&gt;", "<b>", ["talk.entities"], id="markup-stays-text"),
        pytest.param("Q&A; AT&T &copy x", "Q&A; AT&T &copy x", [], id="ampersands-are-no-entities"),
        pytest.param(r"^\w+$ \d", r"^\w+$ \d", [], id="backslashes-are-text"),
        pytest.param("a\u200bb\u202ec", "abc", [], id="invisible"),
        pytest.param("Cafe\u0301", "Café", [], id="nfc"),
        pytest.param("NUL\x00 \ud800!", "NUL !", [], id="unstorable"),
        pytest.param("x" * 600, "x" * 500, ["talk.cut"], id="too-long"),
    ],
)
def test_title(raw, title, codes):
    assert found_and_codes(fields.title, {"title": raw}) == ({"title": title}, codes)


@pytest.mark.parametrize("raw", ["", "  ", "\u200d", None, 7, ["a"], {}], ids=repr)
def test_title_without_a_visible_sign_is_none(raw):
    assert found_and_codes(fields.title, {"title": raw}) == ({}, [])


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param({"description": "D", "summary": "S"}, ("D", "rst"), id="description"),
        pytest.param({"description": "", "summary": "S"}, ("S", "rst"), id="else-summary"),
        pytest.param({"description": None, "summary": "S"}, ("S", "rst"), id="null"),
        pytest.param({"summary": "S"}, ("S", "rst"), id="summary-alone"),
        pytest.param({"description": "a\r\nb\rc "}, ("a\nb\nc", "rst"), id="line-ends"),
        pytest.param({"description": ""}, ("", "plain"), id="told-to-be-empty"),
    ],
)
def test_abstract(record, expected):
    found, codes = found_and_codes(fields.abstract, record)

    assert (tuple(found.values()), codes) == (expected, [])


@pytest.mark.parametrize(("record", "codes"), [({}, []), ({"description": 5}, ["talk.wrong_type"])])
def test_abstract_that_the_record_lacks(record, codes):
    assert found_and_codes(fields.abstract, record) == ({}, codes)


@pytest.mark.parametrize(
    ("raw", "given_on", "starts_at", "codes"),
    [
        pytest.param("2017-04-03", "2017-04-03", None, [], id="day"),
        pytest.param("2017-04-03 00:00:00", "2017-04-03", None, [], id="naive"),
        pytest.param("2017-04-03T10:30", "2017-04-03", None, [], id="naive-without-seconds"),
        pytest.param(
            "2017-04-03T09:15+10:00", "2017-04-03", "2017-04-02T23:15:00+00:00", [], id="offset"
        ),
        pytest.param(
            "2017-04-03T09:15:00.5Z", "2017-04-03", "2017-04-03T09:15:00.500000+00:00", [], id="utc"
        ),
        pytest.param(
            "2017-04-03 09:15:00 -0500", "2017-04-03", "2017-04-03T14:15:00+00:00", [], id="space"
        ),
        pytest.param("2017-4-3", "2017-04-03", None, ["talk.date_form"], id="sloppy"),
    ],
)
def test_recorded(raw, given_on, starts_at, codes):
    expected = {"given_on": given_on, "starts_at": starts_at}

    assert found_and_codes(fields.recorded, {"recorded": raw}) == (expected, codes)


@pytest.mark.parametrize("record", [{}, {"recorded": None}, {"recorded": " "}], ids=repr)
def test_recorded_that_is_missing(record):
    assert found_and_codes(fields.recorded, record) == ({}, ["talk.undated"])


@pytest.mark.parametrize(
    "raw",
    [
        "09-10-2017",
        "2016-0924",
        "z2016-07-17",
        "2017-02-30",
        "2017-04-03T25:00",
        "2017-04-03T10:00+99:00",
        "0000-01-01",
        "1066-10-14",
        "9999-12-31",
        "²017-04-03",
        "2017-04-03\x00",
        20170403,
        ["2017-04-03"],
        True,
    ],
    ids=repr,
)
def test_recorded_that_cannot_be_read_is_no_day(raw):
    assert found_and_codes(fields.recorded, {"recorded": raw}) == ({}, ["talk.date"])


@pytest.mark.parametrize(
    ("raw", "seconds", "codes"),
    [
        pytest.param(61, 61, [], id="shortest"),
        pytest.param(43_200, 43_200, [], id="twelve-hours"),
        pytest.param(1939.0, 1939, [], id="float"),
        pytest.param("1939", 1939, ["talk.duration_text"], id="digits"),
        pytest.param(None, None, [], id="null"),
        pytest.param(" ", None, [], id="blank"),
    ],
)
def test_duration(raw, seconds, codes):
    assert found_and_codes(fields.duration, {"duration": raw}) == ({"duration": seconds}, codes)


@pytest.mark.parametrize(
    "raw",
    [0, 60, -5, 43_201, float("inf"), float("nan"), 10**400, "30:00", "²", True, [1800], {}],
    ids=lambda raw: repr(raw)[:12],
)
def test_duration_that_no_talk_has(raw):
    assert found_and_codes(fields.duration, {"duration": raw}) == ({}, ["talk.duration"])


@pytest.mark.parametrize(
    ("numbers", "median"),
    [
        pytest.param([30, 40, 50], 40, id="minutes"),
        pytest.param([120, 120, 120], 120, id="at-most-120"),
        pytest.param([50_000, 60_000, 70_000, None], 60_000, id="too-big"),
        pytest.param([1500, 1800, 30], None, id="seconds"),
        pytest.param([30, 40, None], None, id="too-few-to-tell"),
        pytest.param([], None, id="none"),
    ],
)
def test_median_that_is_not_seconds(numbers, median):
    assert fields.median_that_is_not_seconds(numbers) == median


@pytest.mark.parametrize(
    ("raw", "found", "codes"),
    [
        pytest.param("eng", {"language": "en"}, [], id="known"),
        pytest.param("", {"language": ""}, [], id="empty"),
        pytest.param(None, {"language": ""}, [], id="null"),
        pytest.param("de, en", {"language": "de"}, ["talk.languages"], id="several"),
        pytest.param("tlh", {}, ["talk.language"], id="unknown"),
        pytest.param(3, {}, ["talk.wrong_type"], id="number"),
    ],
)
def test_language(raw, found, codes):
    assert found_and_codes(fields.language, {"language": raw}) == (found, codes)


@pytest.mark.parametrize(
    ("raw", "found", "codes"),
    [
        pytest.param("CC\n BY", {"licence": "CC BY"}, [], id="one-line"),
        pytest.param(None, {"licence": ""}, [], id="null"),
        pytest.param("x" * 501, {"licence": "x" * 500}, ["talk.cut"], id="too-long"),
        pytest.param([], {}, ["talk.wrong_type"], id="list"),
    ],
)
def test_licence(raw, found, codes):
    assert found_and_codes(fields.licence, {"copyright_text": raw}) == (found, codes)
