"""Headings: from h3 on, because the page around a text has used the levels above; each with an id.

`contents_of` makes a table of contents from stored HTML, so that nothing is kept twice.
"""

import re
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from notes_site.markdown.ids import new_id
from notes_site.markdown.inlines import plain_text
from notes_site.markdown.reading import text_of
from notes_site.slugs import slug_of

FIRST_LEVEL = 3
LAST_LEVEL = 6
# Shorter texts are seen whole: about 600 words, in any script.
FEWEST_HEADINGS = 3
FEWEST_CHARACTERS = 3_600
# As much of a heading as its id is made from.
_ID_SOURCE = 100
_HEADING = re.compile(r'<h([3-6]) id="([^"]+)">')


@dataclass(frozen=True)
class Entry:
    """One line of a table of contents; level 1 is the highest."""

    text: str
    anchor: str
    level: int


def headings_plugin(markdown: MarkdownIt) -> None:
    """Lower headings, and give them ids."""
    markdown.core.ruler.push("lower_headings", _lower_headings)
    markdown.core.ruler.push("name_headings", _name_headings)


def contents_of(html: str) -> list[Entry]:
    """Return a table of contents for the HTML of a long text; nothing for that of a short one."""
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
    """Give headings the levels from h3 on, one step at a time, whatever levels were typed."""
    above: list[int] = []
    for opening, closing in _heading_pairs(state):
        typed = int(opening.tag[1])
        above = [*[level for level in above if level < typed], typed]
        opening.tag = closing.tag = f"h{min(len(above) + FIRST_LEVEL - 1, LAST_LEVEL)}"


def _heading_pairs(state: StateCore) -> list[tuple[Any, Any]]:
    tokens = state.tokens
    pairs = zip(tokens, tokens[2:], strict=False)
    return [(first, third) for first, third in pairs if first.type == "heading_open"]


def _name_headings(state: StateCore) -> None:
    for opening, inline in pairwise(state.tokens):
        if opening.type == "heading_open":
            words = plain_text(inline.children or [])[:_ID_SOURCE]
            opening.attrSet("id", new_id(state.env, "h", slug_of(words, fallback="section")))
