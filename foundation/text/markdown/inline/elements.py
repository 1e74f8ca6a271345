"""The few HTML elements that people may type, if they are closed where they were opened.

All others are shown as text, and so are unclosed ones, which would affect the rest of the page.
Attributes are parsed and written anew: none is passed through.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from foundation.text.image_names import read_address

_IN_LINES = frozenset({"kbd", "sub", "sup"})
_AROUND_LINES = frozenset({"details", "figcaption", "figure", "summary"})
# What may stand only within another.
_WITHIN = {"summary": "details", "figcaption": "figure"}
_VALUE = r"\"[^\"<]{0,2000}\"|'[^'<]{0,2000}'|[^\s\"'=<>`]{1,500}"
_ATTRIBUTES = (
    rf"(?:\s{{1,20}}[A-Za-z_:][\w:.-]{{0,40}}(?:\s{{0,5}}=\s{{0,5}}(?:{_VALUE}))?){{0,12}}"
)
_ELEMENT = re.compile(
    rf"<(/?)(br|img|kbd|sub|sup|details|figcaption|figure|summary)({_ATTRIBUTES})\s{{0,20}}/?>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(rf"([A-Za-z_:][\w:.-]*)(?:\s*=\s*({_VALUE}))?")


def elements_plugin(markdown: MarkdownIt) -> None:
    """Parse elements within lines, and lines that begin with a block element."""
    markdown.inline.ruler.at("html_inline", _element)
    markdown.block.ruler.at("html_block", _line, {"alt": ["paragraph", "reference", "blockquote"]})
    markdown.core.ruler.after("inline", "match_elements", _match_elements)
    markdown.add_render_rule("element", _render_element)


def _element(state: StateInline, silent: bool) -> bool:
    found = _ELEMENT.match(state.src, state.pos, state.posMax)
    if state.src[state.pos] != "<" or found is None:
        return False
    name, is_closing = found[2].lower(), bool(found[1])
    if name in {"br", "img"} and (is_closing or not _may_stand(name, found[3])):
        return False
    if not silent:
        _push(state, name, found)
    state.pos = found.end()
    return True


def _may_stand(name: str, attributes: str) -> bool:
    return name == "br" or read_address(_read(attributes).get("src", "")) is not None


def _read(attributes: str) -> dict[str, str]:
    pairs = _ATTRIBUTE.findall(attributes)
    return {name.lower(): unescape(value.strip("\"'")) for name, value in reversed(pairs)}


def _push(state: StateInline, name: str, found: re.Match[str]) -> None:
    values = _read(found[3])
    if name == "br":
        token = state.push("hardbreak", "br", 0)
    elif name == "img":
        token = state.push("image", "img", 0)
        token.content = values.get("alt", "")
        token.children = [Token("text", "", 0, content=token.content)]
        token.attrs = {key: values[key] for key in ("src", "title") if key in values}
    else:
        token = state.push("element", name, 0)
        token.markup = "/" if found[1] else ""
        token.content = found[0]
        token.attrs = {"open": "open"} if name == "details" and "open" in values else {}
    token.meta = {"typed": found[0]}


def _line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a line that begins with a block element; the rest of the line is text."""
    typed = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].strip()
    found = _ELEMENT.match(typed)
    if state.is_code_block(start) or not found or found[2].lower() not in _AROUND_LINES:
        return False
    if not silent:
        state.line = start + 1
        token = state.push("inline", "", 0)
        token.map, token.content, token.children = [start, state.line], typed, []
        token.meta = {"around": True}
    return True


@dataclass
class _Open:
    """The elements that are open in a container: a quote, a list item, a paragraph."""

    allowed: frozenset[str]
    elements: list[Token] = field(default_factory=list)

    def take(self, token: Token) -> None:
        """Open or close an element; turn invalid tags into text."""
        if not token.markup and self._may_open(token.tag):
            self.elements.append(token)
        elif token.markup and token.tag in {element.tag for element in self.elements}:
            while (element := self.elements.pop()).tag != token.tag:
                element.type = "text"
        else:
            token.type = "text"

    def _may_open(self, name: str) -> bool:
        within = _WITHIN.get(name)
        is_there = within is None or within in {element.tag for element in self.elements}
        return name in self.allowed and is_there

    def close(self) -> None:
        for element in self.elements:
            element.type = "text"


def _match_elements(state: StateCore) -> None:
    around = [_Open(_AROUND_LINES)]
    for token in state.tokens:
        if token.nesting == 1:
            around.append(_Open(_AROUND_LINES))
        elif token.nesting == -1:
            around.pop().close()
        elif token.type == "inline":
            _match_in_line(token, around[-1])
    around[0].close()


def _match_in_line(inline: Token, around: _Open) -> None:
    within = _Open(_IN_LINES)
    for token in inline.children or ():
        if token.type == "element":
            is_around = token.tag in _AROUND_LINES and "around" in inline.meta
            (around if is_around else within).take(token)
    within.close()


def _render_element(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    return f"<{token.markup}{token.tag}{' open' if token.attrs else ''}>"
