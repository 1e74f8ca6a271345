"""Word-by-word comparison of two texts, in bounded time.

Lines are compared first, then the words of lines that differ. If even that would take too long, a
stretch counts as replaced: nothing is left out, however long the texts are. Submitted text fields
are compared with saved ones in the same way.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import groupby

from foundation.text.names import clean_text
from recaps.models import BODY_MAX_LENGTH, TEXT_FIELDS, Recap

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
# Comparisons that one diff may make at each of its two levels: a fraction of a second.
_MOST_COMPARISONS = 1_000_000


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is in both texts, or in one of them."""

    kind: str  # "same", "removed", "added"
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """Return both texts as stretches in order: removed before added.

    "same" and "removed" together are the old text, "same" and "added" the new one.
    """
    pieces = _refined(_compared(_LINES.findall(old), _LINES.findall(new), _Budget()))
    return [
        Piece(kind, "".join(piece.text for piece in run))
        for kind, run in groupby(pieces, key=lambda piece: piece.kind)
    ]


class _Budget:
    def __init__(self) -> None:
        self.left = _MOST_COMPARISONS

    def spend(self, comparisons: int) -> bool:
        """Return whether so many comparisons are left, and subtract them."""
        if comparisons > self.left:
            return False
        self.left -= comparisons
        return True


def _refined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Compare the words of each removed stretch with those of the added one after it."""
    budget, removed = _Budget(), ""
    for piece in pieces:
        if piece.kind == "removed":
            removed += piece.text
            continue
        if piece.kind == "added":
            yield from _compared(_WORDS.findall(removed), _WORDS.findall(piece.text), budget)
        else:
            yield from _pieces("removed", [removed])
            yield piece
        removed = ""
    yield from _pieces("removed", [removed])


def _compared(old: Sequence[str], new: Sequence[str], budget: _Budget) -> Iterator[Piece]:
    """Yield the stretches of two lists of lines or words; common beginnings and ends
    cost nothing.
    """
    first = _shared(old, new)
    last = _shared(old[first:][::-1], new[first:][::-1])
    yield from _pieces("same", old[:first])
    yield from _differing(old[first : len(old) - last], new[first : len(new) - last], budget)
    yield from _pieces("same", old[len(old) - last :])


class _Matcher(SequenceMatcher[str]):
    """Compare two lists while the budget lasts; what is left then counts as replaced.

    The search for the longest match runs once for each match, and looks at every pair of equal
    parts: in two texts that share nothing but spaces that is the cube of their length.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str], budget: _Budget):
        super().__init__(None, old, new, autojunk=False)
        self._old, self._budget = old, budget
        self._places: dict[str, list[int]] = self.b2j  # type: ignore[attr-defined]  # -- documented

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        pairs = sum(len(self._places.get(part, ())) for part in self._old[alo:ahi])
        if not self._budget.spend(pairs + 1):
            return Match(alo, blo, 0)
        return super().find_longest_match(alo, ahi, blo, bhi)


def _differing(old: Sequence[str], new: Sequence[str], budget: _Budget) -> Iterator[Piece]:
    if not budget.spend(len(old) + len(new)):
        yield from _pieces("removed", old)
        yield from _pieces("added", new)
        return
    matcher = _Matcher(old, new, budget)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield from _pieces("same", old[old_start:old_end])
            continue
        yield from _pieces("removed", old[old_start:old_end])
        yield from _pieces("added", new[new_start:new_end])


def _pieces(kind: str, parts: Sequence[str]) -> Iterator[Piece]:
    text = "".join(parts)
    if text:
        yield Piece(kind, text)


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """Return the length of the common beginning."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(old), len(new)))


@dataclass(frozen=True)
class TextDifference:
    """A text field whose saved and typed values differ."""

    label: str
    saved: str
    typed: str
    pieces: list[Piece]


def text_differences(saved: Mapping[str, str], typed: Mapping[str, str]) -> list[TextDifference]:
    """Return the typed text fields that differ from the saved ones."""
    return [
        TextDifference(_label(name), before, after, word_diff(before, after))
        for name, before, after in _differing_texts(saved, typed)
    ]


def has_differences(saved: Mapping[str, str], typed: Mapping[str, str]) -> bool:
    """Return whether any typed text field differs from the saved one."""
    return any(True for _pair in _differing_texts(saved, typed))


def texts_of(recap: Recap) -> dict[str, str]:
    """Return the text fields of a recap by name."""
    return {name: getattr(recap, name) for name in TEXT_FIELDS}


def _differing_texts(
    saved: Mapping[str, str], typed: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    for name in TEXT_FIELDS:
        before = clean_text(saved.get(name) or "")
        after = clean_text(typed.get(name, before))[: 2 * BODY_MAX_LENGTH]
        if before != after:
            yield name, before, after


def _label(name: str) -> str:
    return str(Recap._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # -- a column
