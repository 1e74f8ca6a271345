"""Bare links: URLs in the text with a scheme or `www.` become links; other text does not.

`manage.py` and `ASP.NET` are no URLs. A link ends before closing punctuation, before a character
that no URL contains, and, in scripts without spaces between words, before the first letter of the
next word. `<https://…>` marks its end itself.
"""

import re
import unicodedata
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from foundation.text.weblinks import is_safe_address

_SCHEME = re.compile(r"(?<![A-Za-z0-9.+-])(?:https?|mailto)$", re.IGNORECASE)
_LONGEST_SCHEME = 7
_WWW = re.compile(r"(?<![\w.@/:-])www\.(?=[A-Za-z0-9-]+\.[A-Za-z0-9])", re.IGNORECASE)
_MAIL = re.compile(
    r"mailto:[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", re.ASCII | re.IGNORECASE
)
# From Latin letters with accents to those of India: scripts written with spaces.
_LETTERS = r"A-Za-z0-9\u00aa-\u0dff\u1e00-\u1fff"
# What tells at once whether there is an address, so that nothing long is read in vain.
_HOST = re.compile(
    rf"(?:https?://)?[{_LETTERS}][{_LETTERS}.-]{{0,252}}(?::[0-9]{{1,5}})?", re.IGNORECASE
)
_USER = re.compile(r"[^\s/@]{0,100}@")
_SIGN = re.compile(rf"[{_LETTERS}._~:/?#\[\]@!$&()*+,;=%-]")
# Marks of a text around the address, not of the address.
_MARK = re.compile(r"\*\*|&(?!amp;)#?[A-Za-z0-9]{1,31};")
_PAIRS = {")": "(", "]": "["}
_LAST = ".,;:!?*_~&(["
# Behind these a part of an address begins, in any script.
_BEFORE_LETTERS = "/=_-%("


def bare_links_plugin(markdown: MarkdownIt) -> None:
    """Turn bare URLs into links."""
    markdown.inline.ruler.at("linkify", _schemed)
    markdown.core.ruler.at("linkify", _link_www)


def _schemed(state: StateInline, silent: bool) -> bool:
    """Link a URL whose scheme was just parsed as text."""
    if state.src[state.pos] != ":" or state.linkLevel:
        return False
    scheme = _SCHEME.search(state.src, max(state.pos - _LONGEST_SCHEME, 0), state.pos)
    typed = _address_at(state.src, scheme.start(), state.posMax) if scheme else ""
    if not scheme or not typed or not (silent or state.pending.endswith(scheme[0])):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[0])]
        address = typed.replace("&amp;", "&")
        for token in _link(address, address):
            state.push(token.type, token.tag, token.nesting)
            state.tokens[-1] = token
    state.pos = scheme.start() + len(typed)
    return True


def _link_www(state: StateCore) -> None:
    for inline in state.tokens:
        if inline.type == "inline" and "www." in inline.content.lower():
            inline.children = list(_with_www(inline.children or []))


def _with_www(tokens: list[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += token.nesting if token.tag == "a" else 0
        if token.type == "text" and not depth:
            yield from _parts(token.content)
        else:
            yield token


def _parts(text: str) -> Iterator[Token]:
    """Yield the tokens of a text, with a link for each URL that begins with `www.`."""
    done = 0
    for match in _WWW.finditer(text):
        typed = _address_at(text, match.start(), len(text)) if match.start() >= done else ""
        if typed:
            yield Token("text", "", 0, content=text[done : match.start()])
            yield from _link(f"https://{typed}", typed)
            done = match.start() + len(typed)
    yield Token("text", "", 0, content=text[done:])


def _link(address: str, words: str) -> list[Token]:
    opening = Token("link_open", "a", 1, attrs={"href": normalizeLink(address)}, info="auto")
    return [opening, Token("text", "", 0, content=words), Token("link_close", "a", -1, info="auto")]


def _address_at(text: str, start: int, end: int) -> str:
    """Return the URL that begins at `start`, without what follows it; '' if there is none."""
    mail = _MAIL.match(text, start, end)
    if mail:
        return mail[0].rstrip(".-_")
    host = _HOST.match(text, start, end)
    if host is None or _USER.match(text, host.end(), end) or not _is_safe(host[0]):
        return ""
    typed = text[start : _end_of_address(text, start, end)].rstrip(_LAST)
    return typed if _is_safe(typed) else ""


def _is_safe(typed: str) -> bool:
    whole = typed if "://" in typed else f"https://{typed}"
    return is_safe_address(whole.replace("&amp;", "&"))


def _end_of_address(text: str, start: int, end: int) -> int:
    """Return the index of punctuation, of an unbalanced closing bracket, or of the next word."""
    depths = dict.fromkeys(_PAIRS.values(), 0)
    for position in range(start, end):
        sign = text[position]
        if not _SIGN.match(sign) or (sign in "*&" and _MARK.match(text, position, end)):
            return position
        if not sign.isascii() and not _goes_on(text[position - 1], sign):
            return position
        if sign in depths:
            depths[sign] += 1
        elif sign in _PAIRS:
            depths[_PAIRS[sign]] -= 1
            if depths[_PAIRS[sign]] < 0:
                return position
    return end


def _goes_on(before: str, sign: str) -> bool:
    kind = unicodedata.category(sign)[0]
    if kind == "M":
        return not before.isascii()
    if kind not in "LN":
        return False
    if before in _BEFORE_LETTERS:
        return True
    return before.isalpha() and _script(before) == _script(sign)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
