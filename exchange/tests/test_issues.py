import pytest

from exchange.report import Finding, IssueLog, Severity, count_by_severity, shown

FINDING = Finding(Severity.WARNING, "talk.odd", "This is odd.")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("plain", "plain", id="text"),
        pytest.param("", "", id="empty"),
        pytest.param(12, "12", id="number"),
        pytest.param(None, "null", id="null"),
        pytest.param(["a", 1], '["a", 1]', id="list"),
        pytest.param("日本語 🐍", "日本語 🐍", id="other-scripts"),
        pytest.param("a\nb\x00c", r"a\nb\x00c", id="control-characters"),
        pytest.param("\x1b[31mred", r"\x1b[31mred", id="terminal-escape"),
        pytest.param("a\u202eb", r"a\u202eb", id="bidi-control"),
        pytest.param("\ud800", r"\ud800", id="lone-surrogate"),
        pytest.param("<script>", "<script>", id="markup-is-for-templates-to-escape"),
        pytest.param({1, 2}, "<class 'set'>", id="not-json"),
    ],
)
def test_shown_makes_values_harmless(value, expected):
    assert shown(value) == expected


@pytest.mark.parametrize("value", ["x" * 201, "\x00" * 100], ids=["long", "long-once-escaped"])
def test_shown_cuts_at_200_characters(value):
    assert len(shown(value)) == 200
    assert shown(value).endswith("…")


def test_issue_as_json_and_as_line():
    log = IssueLog("treecon/videos/a.json")
    log.name_record("A tree\x07")

    log.add(FINDING, "v\nw", "/title")

    (issue,) = log.issues
    assert issue.as_json() == {
        "severity": "warning",
        "code": "talk.odd",
        "file": "treecon/videos/a.json",
        "location": "/title",
        "record": r"A tree\x07",
        "message": "This is odd.",
        "value": r"v\nw",
    }
    assert issue.as_line() == r"warning: treecon/videos/a.json (/title): This is odd. [v\nw]"


def test_issue_line_without_place_and_value():
    log = IssueLog("treecon")

    log.add(FINDING)

    assert log.issues[0].as_line() == "warning: treecon: This is odd."


def test_count_by_severity_names_all_three():
    log = IssueLog("treecon")
    log.add(FINDING)
    log.add(FINDING)

    assert count_by_severity(log.issues) == {"error": 0, "warning": 2, "note": 0}
