"""Finds the words of a text that readers do not see, although nothing hides them on purpose.

Hidden on purpose are: URLs of links and images, the names of definitions, footnotes and code
languages, the numbers of list items, and comments. Any other missing word is a bug of the renderer.
Words are compared by how often they occur, split at every punctuation mark and element.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any
from urllib.parse import unquote

from markdown_it.common.normalize_url import normalizeLinkText
from markdown_it.token import Token

_WORD = re.compile(r"[^\W_]+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_TAG = re.compile(r'<(/?[a-z0-9]+)((?:[^<>"]|"[^"]*")*)>')
_SAID = re.compile(r' (?:alt|title)="([^"]*)"')
_ELEMENTS = {"element", "hardbreak", "image"}
# Of code in colours: they may cut a word.
_WITHIN_WORDS = {"span", "/span"}


def unseen_words(source: str, html: str, *, hidden: Iterable[str] = ()) -> list[str]:
    """Return the words of a Markdown text that are neither in its HTML nor hidden on purpose.

    In their order, in lower case; a word that is shown less often than it was typed is listed as
    often as it is missing. Takes linear time: a text of 200,000 characters is read in well under a
    second.
    """
    shown = _words(unescape(_TAG.sub(_shown, html)))
    seen = Counter([*shown, *(word for text in hidden for word in _words(text))])
    typed = _words(source)
    missing = Counter(typed) - seen
    if not missing:
        return []
    # "&amp;" is a sign in a text and a word in code: it misses if it misses as both.
    missing &= Counter(_words(_ENTITY.sub(lambda match: unescape(match[0]), source))) - seen
    return [word for word in dict.fromkeys(typed) for _ in range(missing[word])]


def hidden_in(tokens: Iterable[Token], env: dict[str, Any]) -> Iterator[str]:
    """Yield the texts that a parsed document hides on purpose."""
    yield from env.get("comments", ())
    yield from env.get("hidden_definitions", ())
    yield from (name.removeprefix(":") for name in env.get("footnotes", {}).get("refs", ()))
    for note in env.get("footnotes", {}).get("list", {}).values():
        yield from [note.get("label", "")] * note.get("count", 0)
    yield from _hidden_by(tokens)


def _hidden_by(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        yield from _hidden_parts(token)
        yield from _hidden_by(token.children or ())


def _hidden_parts(token: Token) -> Iterator[str]:
    yield token.info if token.info != "auto" else ""
    yield token.meta.get("typed", "") if token.type in _ELEMENTS else ""
    yield str(token.meta.get("label") or "") if token.type in {"link_open", "image"} else ""
    if "checked" in token.attrs:
        yield "x X"
    address = str(token.attrs.get("href") or token.attrs.get("src") or "")
    if address and token.info != "auto":
        yield _as_typed(address)


def _as_typed(address: str) -> str:
    """Return the words of a URL, in its encoded and its decoded spelling."""
    spellings = (address, unquote(address), normalizeLinkText(address))
    words: Counter[str] = Counter()
    for spelling in spellings:
        words |= Counter(_words(spelling))
    return " ".join(words.elements())


def _shown(tag: re.Match[str]) -> str:
    if tag[1] in _WITHIN_WORDS:
        return ""
    return f" {' '.join(_SAID.findall(tag[2]))} "


def _words(text: str) -> list[str]:
    # The parser knows the names of definitions in capitals only.
    return _WORD.findall(text.casefold())
