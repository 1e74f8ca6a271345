"""Records that are out to break something: imported as far as they go, with a named issue."""

import os

import pytest

from exchange.tests.folders import import_pyvideo, video
from talks.models import Talk

pytestmark = pytest.mark.django_db

ODD_VALUES = {
    "null": None,
    "true": True,
    "number": 7,
    "huge-number": 10**300,
    "float": 1.5,
    "empty-text": "",
    "nul": "a\x00b",
    "surrogate": "a\ud800b",
    "escape": "\x1b[2J\u202e",
    "markup": "<script>alert(1)</script>",
    "long-text": "x" * 30_000,
    "ligatures": "\ufb03" * 400,
    "combining": "a" + "\u0301" * 2_000,
    "list": [[]],
    "list-of-odd": [None, 5, "a\x00", {"url": 5}, ["x"], "\ufb03" * 150, "##", "#,#"],
    "object": {"url": "javascript:alert(1)", "label": None},
    "deep": [[[[[[[[{"url": []}]]]]]]]],
    "many": ["x"] * 5_000,
}
FIELDS = [*video(), "summary"]


@pytest.mark.parametrize("name", ODD_VALUES)
def test_odd_values_in_every_field_never_break_an_event(import_talks, name):
    odd = {f"{n:02}-{field}": video(**{field: ODD_VALUES[name]}) for n, field in enumerate(FIELDS)}

    result = import_talks({**odd, "good": video(title="Good")})

    counts = result.counts
    assert counts.new + counts.skipped == len(FIELDS) + 1
    assert counts.skipped <= 1  # the one without a title
    assert Talk.objects.filter(title="Good").count() == 1
    assert import_talks({**odd, "good": video(title="Good")}).counts.unchanged == counts.new


@pytest.mark.parametrize("name", ODD_VALUES)
def test_odd_values_in_the_category_never_break_an_event(import_talks, name):
    keys = ("title", "description", "url", "start_date", "end_date")

    for number, key in enumerate(keys):
        category = {"title": "TreeCon", key: ODD_VALUES[name]}
        result = import_talks({"a": video()}, category=category, name=f"treecon-{number}")
        assert result.counts.new == 1


@pytest.mark.parametrize(
    "stem",
    ["Ü & ' , &apos; %00 ..", "-rf", "a\tb", "日本語", "x" * 240, "a\u202eb", "$(id)"],
    ids=repr,
)
def test_odd_file_names_are_names_and_no_paths(import_talks, stem):
    result = import_talks({stem: video()})

    assert result.counts.new == 1
    assert all(issue.as_line().isprintable() for issue in result.issues)
    assert Talk.objects.get().slug == "growing-bonsai-in-production"


def test_a_file_name_that_is_no_utf_8_is_read(tmp_path, import_talks):
    import_talks({"a": video()})
    videos = next(tmp_path.glob("*/*/videos"))
    (videos / os.fsdecode(b"\xff\xfe.json")).write_bytes(b"{")

    report = import_pyvideo(videos.parent)

    assert report.counts.unchanged == 1
    assert [issue.finding.code for issue in report.all_issues] == ["folder.name"]
