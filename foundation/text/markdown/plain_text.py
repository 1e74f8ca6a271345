"""Plain text of inline Markdown tokens."""

from collections.abc import Iterable

from markdown_it.token import Token

_WITH_TEXT = {"text", "text_special", "code_inline", "image", "linked_image", "thing"}
_BREAKS = {"softbreak", "hardbreak"}


def plain_text(tokens: Iterable[Token]) -> str:
    """Return the words of inline tokens without markup, white space collapsed."""
    parts = (
        token.content if token.type in _WITH_TEXT else " " if token.type in _BREAKS else ""
        for token in tokens
    )
    return " ".join("".join(parts).split())
