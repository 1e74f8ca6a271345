"""What was typed beside what is saved, field by field, with what differs word by word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from foundation.text.names import clean_text
from recaps.diff import Piece, word_diff
from recaps.models import BODY_MAX_LENGTH, Recap
from recaps.writing import TEXT_FIELDS


@dataclass(frozen=True)
class TextDifference:
    """One field of text that is saved otherwise than it was typed."""

    label: str
    saved: str
    typed: str
    pieces: list[Piece]


def text_differences(saved: Mapping[str, str], typed: Mapping[str, str]) -> list[TextDifference]:
    """Return the fields of text, among those that were typed, that differ from what is saved."""
    return [
        TextDifference(_label(name), before, after, word_diff(before, after))
        for name, before, after in _differing(saved, typed)
    ]


def has_differences(saved: Mapping[str, str], typed: Mapping[str, str]) -> bool:
    """Tell whether what was typed differs from what is saved."""
    return any(True for _pair in _differing(saved, typed))


def texts_of(recap: Recap) -> dict[str, str]:
    """Return the fields of text of a recap by their names."""
    return {name: getattr(recap, name) for name in TEXT_FIELDS}


def _differing(
    saved: Mapping[str, str], typed: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    for name in TEXT_FIELDS:
        before = clean_text(saved.get(name) or "")
        after = clean_text(typed.get(name, before))[: 2 * BODY_MAX_LENGTH]
        if before != after:
            yield name, before, after


def _label(name: str) -> str:
    return str(Recap._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # -- a column
