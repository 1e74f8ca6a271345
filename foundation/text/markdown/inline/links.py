"""Links: one without text shows its address, one with a forbidden address is shown as text.

An address that begins with `www.` gets a scheme; it is no relative path.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token

from foundation.text.markdown.plain_text import plain_text

Rule = Callable[[StateInline, bool], bool]
# The sanitiser lets no other through.
SCHEMES = frozenset({"http", "https", "mailto"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_WWW = re.compile(r"www\.\w", re.IGNORECASE)


def links_plugin(markdown: MarkdownIt) -> None:
    """Make links only of allowed addresses, and let each have visible text."""
    markdown.validateLink = _may_lead  # type: ignore[method-assign, assignment]
    markdown.normalizeLink = _whole  # type: ignore[method-assign, assignment]
    markdown.normalizeLinkText = str  # type: ignore[method-assign, assignment]
    markdown.inline.ruler.at("link", partial(_if_closed, link))
    markdown.inline.ruler.at("image", partial(_if_closed, image))
    markdown.core.ruler.push("show_empty_links", _show_empty_links)


def _if_closed(rule: Rule, state: StateInline, silent: bool) -> bool:
    """Run a bracket rule only if a closing bracket follows at all."""
    return state.html_terminator_last("]") > state.pos and rule(state, silent)


def _may_lead(address: str) -> bool:
    scheme = _SCHEME.match(address.strip())
    return scheme is None or scheme[1].lower() in SCHEMES


def _whole(address: str) -> str:
    return normalizeLink(f"https://{address}" if _WWW.match(address) else address)


def _show_empty_links(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = _with_words(token.children)


def _with_words(tokens: Sequence[Token]) -> list[Token]:
    shown: list[Token] = []
    opened = 0
    for token in tokens:
        if token.type == "link_open":
            opened = len(shown)
        elif token.type == "link_close" and _is_empty(shown[opened + 1 :]):
            address = str(shown[opened].attrs["href"])
            shown.append(Token("text", "", 0, content=address))
        shown.append(token)
    return shown


def _is_empty(tokens: Sequence[Token]) -> bool:
    return not plain_text(tokens) and all(t.type not in {"image", "linked_image"} for t in tokens)
