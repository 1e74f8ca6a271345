"""Headings from h3 on, since the page around a text uses the levels above; and tables
of contents.

A heading mark without words is text. An underline needs at least three "=" or four "-", because
"---" is a thematic break; the lines above it stay a paragraph.

`contents_of` makes a table of contents from stored HTML, so none is stored.
"""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, heading
from markdown_it.rules_core import StateCore

from foundation.text.markdown.reading import text_of

FIRST_LEVEL = 3
LAST_LEVEL = 6
# Shorter texts are seen whole: about 600 words, in any script.
FEWEST_HEADINGS = 3
FEWEST_CHARACTERS = 3_600
_WORDLESS = re.compile(r"#{1,6}(?:[ \t]+#*)?")
_UNDERLINE = re.compile(r"(=)={2,}|(?:-){4,}")
_HEADING = re.compile(r'<h([3-6]) id="([^"]+)">')


@dataclass(frozen=True)
class Entry:
    """One line of a table of contents; level 1 is the highest."""

    text: str
    anchor: str
    level: int


def headings_plugin(markdown: MarkdownIt) -> None:
    """Parse headings, and lower their levels."""
    markdown.block.ruler.at("heading", _signed, {"alt": ["paragraph", "reference", "blockquote"]})
    markdown.block.ruler.at("lheading", _underlined, {"alt": ["paragraph"]})
    markdown.core.ruler.push("lower_headings", _lower_headings)


def _signed(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return _WORDLESS.fullmatch(_typed(state, start)) is None and heading(state, start, end, silent)


def _underlined(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    below = start + 1
    if below >= end or state.is_code_block(start) or state.is_code_block(below):
        return False
    line = _UNDERLINE.fullmatch(_typed(state, below))
    if line is None or state.isEmpty(start) or state.sCount[below] < state.blkIndent:
        return False
    if not silent:
        state.line = start + 2
        tag = "h1" if line[1] == "=" else "h2"
        opening = state.push("heading_open", tag, 1)
        inline = state.push("inline", "", 0)
        state.push("heading_close", tag, -1)
        opening.map = inline.map = [start, state.line]
        inline.content, inline.children = _typed(state, start), []
    return True


def _typed(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()


def contents_of(html: str) -> list[Entry]:
    """Return the table of contents of a long text's HTML; empty for a short text."""
    found = list(_HEADING.finditer(html))
    if len(found) < FEWEST_HEADINGS or len(text_of(html)) < FEWEST_CHARACTERS:
        return []
    entries = []
    for match in found:
        level, end = int(match[1]), html.find(f"</h{match[1]}>", match.end())
        text = " ".join(text_of(html[match.end() : end]).split())
        if text:
            entries.append(Entry(text, unescape(match[2]), level - FIRST_LEVEL + 1))
    return entries


def _lower_headings(state: StateCore) -> None:
    """Renumber heading levels from h3 on without gaps, whatever levels were typed."""
    above: list[int] = []
    for opening, closing in _heading_pairs(state):
        typed = int(opening.tag[1])
        above = [*[level for level in above if level < typed], typed]
        opening.tag = closing.tag = f"h{min(len(above) + FIRST_LEVEL - 1, LAST_LEVEL)}"


def _heading_pairs(state: StateCore) -> list[tuple[Any, Any]]:
    tokens = state.tokens
    pairs = zip(tokens, tokens[2:], strict=False)
    return [(first, third) for first, third in pairs if first.type == "heading_open"]
