import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.library.ownership import Merged, merge_fields, merged, merged_items


@pytest.mark.parametrize(
    ("base", "now", "new", "expected"),
    [
        pytest.param("a", "a", "a", "a", id="nothing-happened"),
        pytest.param("a", "a", "b", "b", id="the-source-changed"),
        pytest.param("a", "b", "a", "b", id="a-person-edited"),
        pytest.param("a", "b", "b", "b", id="both-did-the-same"),
        pytest.param("a", "b", "c", "b", id="both-differ"),
        pytest.param("a", "", "b", "", id="a-person-emptied-it"),
        pytest.param("", "b", "c", "b", id="a-person-filled-it"),
    ],
)
def test_merged(base, now, new, expected):
    assert merged(base=base, now=now, new=new) == expected


sets = st.sets(st.integers(0, 7))


@given(base=sets, now=sets, new=sets)
def test_merged_items_of_sets_follow_the_formula(base, now, new):
    items = merged_items(
        base=dict.fromkeys(base, True), now=dict.fromkeys(now, True), new=dict.fromkeys(new, True)
    )

    assert set(items) == (now | (new - base)) - (base - new)


@pytest.mark.parametrize(
    ("base", "now", "new", "expected"),
    [
        pytest.param({"a": "x"}, {"a": "x"}, {"a": "y"}, {"a": "y"}, id="the-source-changed-it"),
        pytest.param({"a": "x"}, {"a": "z"}, {"a": "y"}, {"a": "z"}, id="a-person-edited-it"),
        pytest.param({"a": "x"}, {"a": "z"}, {}, {"a": "z"}, id="edited-here-and-gone-there"),
        pytest.param({"a": "x"}, {}, {"a": "y"}, {}, id="removed-here-and-changed-there"),
        pytest.param({}, {"a": "z"}, {"a": "y"}, {"a": "z"}, id="added-on-both-sides"),
    ],
)
def test_merged_items_with_attributes(base, now, new, expected):
    assert merged_items(base=base, now=now, new=new) == expected


def test_merged_items_keep_their_order():
    items = merged_items(base={}, now={"c": 1, "a": 1}, new={"b": 1, "a": 1})

    assert list(items) == ["c", "a", "b"]


UNITS = (("title",), ("day", "time"))


@pytest.mark.parametrize(
    ("now", "new", "expected"),
    [
        pytest.param(
            {"title": "A", "day": 1, "time": 9},
            {"title": "B", "day": 2, "time": 9},
            Merged({"title": "B", "day": 2, "time": 9}, {}),
            id="nobody-edited",
        ),
        pytest.param(
            {"title": "A", "day": 1, "time": 10},
            {"title": "A", "day": 2, "time": 9},
            Merged({"title": "A", "day": 1, "time": 10}, {"day": 2, "time": 9}),
            id="one-edit-keeps-the-whole-unit",
        ),
        pytest.param(
            {"title": "Z", "day": 1, "time": 9},
            {"title": "A"},
            Merged({"title": "Z"}, {"title": "A"}),
            id="kept-also-where-the-source-is-as-before",
        ),
        pytest.param({"title": "Z", "day": 1, "time": 9}, {}, Merged({}, {}), id="not-spoken-of"),
        pytest.param(
            {"title": "A", "day": 1, "time": 9},
            {"day": 2, "time": 9},
            Merged({"day": 2, "time": 9}, {}),
            id="first-unit-not-spoken-of",
        ),
        pytest.param(
            {"title": "Z", "day": 1, "time": 10},
            {"title": "B", "day": 2, "time": 9},
            Merged({"title": "Z", "day": 1, "time": 10}, {"title": "B", "day": 2, "time": 9}),
            id="both-units-edited",
        ),
    ],
)
def test_merge_fields(now, new, expected):
    base = {"title": "A", "day": 1, "time": 9}

    assert merge_fields(UNITS, base=base, now=now, new=new) == expected
