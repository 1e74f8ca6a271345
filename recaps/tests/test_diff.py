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
