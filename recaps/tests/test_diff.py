"""What differs between two texts, word by word."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaps.diff import Piece, has_differences, text_differences, texts_of, word_diff
from recaps.models import BODY_MAX_LENGTH, Recap


def _told(old, new):
    return [(piece.kind, piece.text) for piece in word_diff(old, new)]


def test_words_that_differ_are_told_apart():
    assert _told("One two three.", "One zwei three!") == [
        ("same", "One "),
        ("removed", "two"),
        ("added", "zwei"),
        ("same", " three"),
        ("removed", "."),
        ("added", "!"),
    ]


def test_lines_that_are_new_stay_whole():
    assert _told("a\nc\n", "a\nb b\nc\n") == [
        ("same", "a\n"),
        ("added", "b b\n"),
        ("same", "c\n"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("a\nb\nc\n", "a\nc\n", ["=a\n", "-b\n", "=c\n"]),
        ("a\nb c\n", "a\nb d\n", ["=a\nb ", "-c", "+d", "=\n"]),
        ("x\ny\n", "y\nz\n", ["-x\n", "=y\n", "+z\n"]),
        ("y\nz\n", "x\ny\n", ["+x\n", "=y\n", "-z\n"]),
        ("p\nq\nc\n", "z\np\nc\n", ["+z\n", "=p\n", "-q\n", "=c\n"]),
        ("z\np\nc\n", "p\nq\nc\n", ["-z\n", "=p\n", "+q\n", "=c\n"]),
    ],
)
def test_lines_are_found_wherever_they_stand(old, new, told):
    signs = {"same": "=", "removed": "-", "added": "+"}

    assert [signs[kind] + text for kind, text in _told(old, new)] == told


def _alike(first, last, count):
    """Return a line whose inner words are all the same, so that each pairs with each."""
    return f"{first}{'=' * count}{last}"


def test_what_takes_as_long_as_it_may_is_compared_and_no_more():
    def told(count):
        return _told(_alike("a", "b", count), _alike("c", "d", count))

    compared = [("removed", "a"), ("added", "c"), ("same", "=" * 900)]
    assert told(900) == [*compared, ("removed", "b"), ("added", "d")]
    assert told(1_001) == [("removed", _alike("a", "b", 1_001)), ("added", _alike("c", "d", 1_001))]


def test_lines_share_what_they_may_take():
    old = "\nthe same\n".join(_alike("a", "b", 800) for _ in range(2))
    new = "\nthe same\n".join(_alike("c", "d", 800) for _ in range(2))

    told = _told(old, new)

    assert ("same", "=" * 800) in told
    assert told[-2:] == [("removed", _alike("a", "b", 800)), ("added", _alike("c", "d", 800))]


def test_texts_that_share_nothing_but_spaces_are_not_searched_space_by_space():
    old, new = (" ".join(f"{side}{n}" for n in range(500)) for side in "ab")

    told = _told(old, new)

    assert len(told) < 50
    assert "".join(text for kind, text in told if kind != "added") == old


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param("", "", [], id="nothing"),
        pytest.param("a", "a", [("same", "a")], id="the-same"),
        pytest.param("", "a", [("added", "a")], id="new"),
        pytest.param("a", "", [("removed", "a")], id="gone"),
    ],
)
def test_edges(old, new, told):
    assert _told(old, new) == told


TEXTS = st.text(alphabet="ab \n.<", max_size=60)


@given(TEXTS, TEXTS)
def test_no_word_of_either_text_is_lost(old, new):
    pieces = word_diff(old, new)

    assert "".join(p.text for p in pieces if p.kind != "added") == old
    assert "".join(p.text for p in pieces if p.kind != "removed") == new
    assert all(p.kind != q.kind for p, q in pairwise(pieces))


SIZE = 200_000
HUGE = [
    pytest.param("a " * (SIZE // 2), "b " * (SIZE // 2), id="one-line-each"),
    pytest.param("a\n" * (SIZE // 2), "a\nb\n" * (SIZE // 4), id="many-lines"),
    pytest.param("\n" * SIZE, "\n" * (SIZE - 1) + "x", id="empty-lines"),
    pytest.param(
        "".join(f"{'a b ' * 250}{n}\n" for n in range(199)),
        "".join(f"{'b a ' * 250}{n}\n" for n in range(199)),
        id="long-lines",
    ),
    pytest.param("ab" * (SIZE // 2), "ba" * (SIZE // 2), id="one-word"),
    pytest.param("." * SIZE, ".," * (SIZE // 2), id="signs"),
]


@pytest.mark.parametrize(("old", "new"), HUGE)
def test_the_longest_texts_are_compared(old, new):
    pieces = word_diff(old, new)

    assert "".join(p.text for p in pieces if p.kind != "added") == old


def test_fields_that_were_typed_otherwise_are_told():
    saved = {"title": "A talk", "summary": "", "body": "Two"}

    [title, body] = text_differences(saved, {"title": "My talk", "body": "Two three"})

    assert (title.label, title.saved, title.typed) == ("title", "A talk", "My talk")
    assert title.pieces == [Piece("removed", "A"), Piece("added", "My"), Piece("same", " talk")]
    assert (body.label, body.saved, body.typed) == ("text", "Two", "Two three")


@pytest.mark.parametrize(
    ("typed", "differs"),
    [
        pytest.param({}, False, id="nothing-typed"),
        pytest.param({"body": "One\r\ntwo "}, False, id="spelled-otherwise"),
        pytest.param({"body": "One\ntwo!"}, True, id="changed"),
        pytest.param({"body": ""}, True, id="emptied"),
        pytest.param({"summary": "New"}, True, id="filled-in"),
        pytest.param({"published_at": "2017"}, False, id="no-field-of-text"),
    ],
)
def test_what_counts_as_typed_otherwise(typed, differs):
    saved = {"title": "", "summary": None, "body": "One\ntwo"}

    assert has_differences(saved, typed) is differs
    assert bool(text_differences(saved, typed)) is differs


def test_of_what_is_typed_twice_the_longest_body_is_shown():
    [body] = text_differences({"body": "a"}, {"body": "b" * (2 * BODY_MAX_LENGTH + 1)})

    assert body.typed == "b" * (2 * BODY_MAX_LENGTH)


def test_the_texts_of_a_recap_are_told_by_their_names():
    assert texts_of(Recap(title="T", summary="S", body="B")) == {
        "title": "T",
        "summary": "S",
        "body": "B",
    }
