"""Limits on nesting: deeper content becomes text, where the parser would drop it.

Lists and quotes may nest deeply, since each takes one recursive call. Inline content may not: the
parser looks for the end of a link or image again for each one around it.
"""

from collections.abc import Iterable
from copy import copy
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, paragraph
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

# A list takes two levels, a quote one.
DEEPEST = 60
DEEPEST_IN_LINE = 4


def depth_plugin(markdown: MarkdownIt) -> None:
    """Parse blocks that nest too deeply as paragraphs, and give inline content a limit
    of its own.
    """
    markdown.options["maxNesting"] = DEEPEST + 10
    markdown.block.ruler.before("table", "too_deep", _too_deep)
    markdown.core.ruler.at("inline", _read_lines)


def read_lines(state: StateCore, tokens: Iterable[Token]) -> None:
    """Parse the inline content of each of these tokens into its children."""
    shallow = copy(state.md)
    options: Any = {**state.md.options, "maxNesting": DEEPEST_IN_LINE}
    shallow.options = OptionsDict(options)
    for token in tokens:
        token.children = []
        state.md.inline.parse(token.content, shallow, state.env, token.children)


def _read_lines(state: StateCore) -> None:
    read_lines(state, (token for token in state.tokens if token.type == "inline"))


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return state.level >= DEEPEST and not silent and paragraph(state, start, end, silent)
