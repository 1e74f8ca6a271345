"""What differs between two texts, word by word."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaps.diff import word_diff


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
