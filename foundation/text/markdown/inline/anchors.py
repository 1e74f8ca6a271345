"""Heading ids like GitHub's, behind the site's prefix, and links within a text.

So `[Why](#why)` leads to `## Why`, as in most programs that write tables of contents. Ids that the
site gave out before stay valid: each is an empty element at the beginning of its heading.
"""

import re
import unicodedata
from collections.abc import Iterator, MutableMapping
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

from django.utils.html import format_html
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from foundation.text.markdown.ids import ID_PREFIX, full_id, new_id
from foundation.text.markdown.plain_text import plain_text
from foundation.text.slugs import slug_of

# As much of a heading as its first id was made from, and what was a sign of its own then.
_FORMER_LENGTH = 100
_HYPHENS = re.compile("-+")
_FORMER_SIGNS = re.compile(r"\((?:c|r|tm)\)", re.IGNORECASE)


def anchors_plugin(markdown: MarkdownIt) -> None:
    """Give headings their ids, and resolve links within the text."""
    markdown.core.ruler.before("replacements", "name_headings", _name_headings)
    markdown.core.ruler.push("find_headings", _find_headings)
    markdown.add_render_rule("former_id", _render_former_id)


def github_slug(words: str) -> str:
    """Return GitHub's slug of a heading: "What's new?" gives 'whats-new'."""
    kept = (
        sign for sign in words.lower() if sign in "-_ " or unicodedata.category(sign)[0] in "LMN"
    )
    return "".join(kept).replace(" ", "-")


def _loose(name: str) -> str:
    """Return the slug as other programs write it: hyphens collapsed, none at the ends."""
    return _HYPHENS.sub("-", github_slug(name)).strip("-")


def _name_headings(state: StateCore) -> None:
    named = list(_headings(state))
    slugs: dict[str, int] = {}
    state.env["anchors"] = {}
    for opening, words, _inline in named:
        slug = _free(github_slug(words), slugs)
        opening.attrSet("id", full_id(state.env, "h", slug or "section"))
        state.env["anchors"].setdefault(slug, opening.attrs["id"])
    for slug, name in list(state.env["anchors"].items()):
        state.env["anchors"].setdefault(_loose(slug), name)
    taken = {opening.attrs["id"] for opening, *_ in named}
    for _opening, words, inline in named:
        _keep_former(state.env, words, inline, taken)


def _headings(state: StateCore) -> Iterator[tuple[Token, str, Token]]:
    for opening, inline in pairwise(state.tokens):
        if opening.type == "heading_open":
            yield opening, plain_text(inline.children or []), inline


def _free(slug: str, slugs: dict[str, int]) -> str:
    """Return the slug with the first free number: 'why', 'why-1', 'why-2'."""
    name = slug
    while name in slugs:
        slugs[slug] += 1
        name = f"{slug}-{slugs[slug]}"
    slugs[name] = 0
    return name


def _keep_former(env: MutableMapping[str, Any], words: str, inline: Token, taken: set[Any]) -> None:
    """Add the heading's former id, unless a present id equals it."""
    former = _FORMER_SIGNS.sub(" ", words[:_FORMER_LENGTH])
    name = new_id(env, "h", slug_of(former, fallback="section"))
    if name not in taken:
        anchor = Token("former_id", "span", 0, content=name)
        inline.children = [anchor, *(inline.children or [])]


def _render_former_id(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    return format_html('<span id="{}"></span>', tokens[index].content)


def _find_headings(state: StateCore) -> None:
    for inline in state.tokens:
        for token in inline.children or ():
            address = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
            if address.startswith("#"):
                token.attrSet("href", f"#{_found(unquote(address[1:]), state.env)}")


def _found(name: str, env: MutableMapping[str, Any]) -> str:
    """Return the id that a link within the text means: a heading's, or a full id."""
    if name.startswith(ID_PREFIX):
        return name.removeprefix(ID_PREFIX)
    name = name.removeprefix("user-content-")
    anchors = env.get("anchors", {})
    for spelling in (name, name.lower(), github_slug(name), _loose(name)):
        if spelling in anchors:
            return str(anchors[spelling])
    return name
