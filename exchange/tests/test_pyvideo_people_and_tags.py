import pytest

from exchange.report import IssueLog
from exchange.sources.pyvideo.lists import speakers, tags


def found_and_codes(function, record):
    log = IssueLog("a.json")
    found = function(record, log)
    return found, [issue.finding.code for issue in log.issues]


@pytest.mark.parametrize(
    ("raw", "names", "note", "codes"),
    [
        pytest.param(["Ada Quill", "Bo Fern"], ["Ada Quill", "Bo Fern"], "", [], id="in-order"),
        pytest.param([" Ada\n Quill "], ["Ada Quill"], "", [], id="collapsed"),
        pytest.param(["Ada Quill", "ADA QUILL"], ["Ada Quill"], "", [], id="once-each"),
        pytest.param(["@fern"], ["@fern"], "", [], id="handle"),
        pytest.param(["Nathan", "Naomi"], ["Nathan", "Naomi"], "", [], id="not-n-a"),
        pytest.param(["Иван", "Ivan"], ["Иван", "Ivan"], "", [], id="two-scripts"),
        pytest.param([], [], "", [], id="nobody"),
        pytest.param(["Various speakers"], [], "Various speakers", [], id="not-people"),
        pytest.param(["VARIOS", "Ada Quill"], ["Ada Quill"], "VARIOS", [], id="beside-a-name"),
        pytest.param(["tba", "N/A"], [], "tba, N/A", [], id="two-notes"),
        pytest.param("Ada Quill", ["Ada Quill"], "", ["speakers.text"], id="text"),
        pytest.param([None], [], "", ["speakers.empty"], id="null-inside"),
        pytest.param(["", "Bo Fern"], ["Bo Fern"], "", ["speakers.empty"], id="blank-inside"),
        pytest.param([7, {"a": 1}], [], "", ["speakers.empty"] * 2, id="wrong-types-inside"),
        pytest.param(["\u200b\x00"], [], "", ["speakers.empty"], id="invisible"),
        pytest.param(["Ada & Bo"], ["Ada & Bo"], "", ["speakers.several"], id="ampersand"),
        pytest.param(["Ada, Bo"], ["Ada, Bo"], "", ["speakers.several"], id="comma"),
        pytest.param(["Ada and Bo"], ["Ada and Bo"], "", ["speakers.several"], id="and"),
        pytest.param(["Sandy Andrews"], ["Sandy Andrews"], "", [], id="and-within-a-name"),
        pytest.param(["x" * 61], ["x" * 61], "", ["speakers.long"], id="sentence"),
        pytest.param(["x" * 201], ["x" * 200], "", ["speakers.long", "talk.cut"], id="too-long"),
    ],
)
def test_speakers(raw, names, note, codes):
    expected = {"speakers": names, "speakers_note": note}

    assert found_and_codes(speakers, {"speakers": raw}) == (expected, codes)


@pytest.mark.parametrize(
    "record",
    [{}, {"speakers": None}, {"speakers": ""}, {"speakers": {}}, {"speakers": 3}],
    ids=repr,
)
def test_speakers_that_are_no_list(record):
    assert found_and_codes(speakers, record) == ({}, ["speakers.none"])


def test_speakers_are_cut_where_no_honest_list_is_so_long():
    found, codes = found_and_codes(speakers, {"speakers": [f"Fern {n}" for n in range(400)]})

    assert (len(found["speakers"]), codes) == (300, ["list.too_many"])


@pytest.mark.parametrize(
    ("raw", "names", "codes"),
    [
        pytest.param(["Trees", "machine learning"], ["Trees", "machine learning"], [], id="plain"),
        pytest.param(["trees", "TREES"], ["trees"], [], id="first-spelling"),
        pytest.param(["#trees", "roots,"], ["trees", "roots"], [], id="hash-and-comma"),
        pytest.param(["##trees", "# #roots"], ["trees", "roots"], [], id="hashes"),
        pytest.param(["#", "##", "###"], [], ["tags.dropped"] * 3, id="nothing-but-hashes"),
        pytest.param(["C#", "C++"], ["C#", "C++"], [], id="signs-that-matter"),
        pytest.param(["trees, roots"], ["trees", "roots"], ["tags.split"], id="comma-inside"),
        pytest.param("trees", ["trees"], ["tags.text"], id="text"),
        pytest.param(None, [], [], id="null"),
        pytest.param("", [], [], id="blank"),
        pytest.param([None, 4, "", "\u200b"], [], ["tags.dropped"] * 4, id="no-tags"),
        pytest.param(["x" * 51], ["x" * 51], ["tags.doubtful"], id="long"),
        pytest.param(["a#b#c"], ["a#b#c"], ["tags.doubtful"], id="several-in-one"),
        pytest.param(["x" * 101], [], ["tags.dropped"], id="too-long"),
    ],
)
def test_tags(raw, names, codes):
    assert found_and_codes(tags, {"tags": raw}) == ({"tags": names}, codes)


@pytest.mark.parametrize(("record", "codes"), [({}, []), ({"tags": 5}, ["tags.none"])])
def test_tags_that_the_record_lacks(record, codes):
    assert found_and_codes(tags, record) == ({}, codes)
