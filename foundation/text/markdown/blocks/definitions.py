"""Link definitions, `[name]: address`: hidden if a link uses them, shown as text otherwise.

CommonMark hides every line of that shape, so readers would never see `[00:00]: Welcome`. Here a
timestamp defines nothing, nor does a line whose address is a plain word; of several definitions of
one name the first counts. `[//]: # (words)` is how Markdown writes a comment, and stays hidden.
"""

import re
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.reference import reference
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from foundation.text.markdown.blocks.depth import read_lines
from foundation.text.markdown.inline.timestamps import is_timestamp

_COMMENT = re.compile(r"\[(//|comment)\]:\s*(#|<>)(\s|$)", re.IGNORECASE)
# What tells an address from a word: "/talk", "x.html", "#top", "mailto:a@b.example".
_ADDRESS_SIGN = re.compile(r"[/:#?@]|\.[^\W_]|^$")


def definitions_plugin(markdown: MarkdownIt) -> None:
    """Show definitions that no link uses."""
    markdown.options["store_labels"] = True
    markdown.block.ruler.at("reference", _definition)
    markdown.core.ruler.after("inline", "show_definitions", _show_definitions)


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    known = state.env.setdefault("references", {})
    count = len(known)
    if not reference(state, start, end, silent):
        return False
    typed = state.getLines(start, state.line, state.blkIndent, keepLastLF=False).strip()
    label = typed[1 : typed.index("]")]
    added = next(reversed(known)) if len(known) > count else ""
    if is_timestamp(label) or (added and not _leads_somewhere(typed, known[added]["href"])):
        known.pop(added, None)
        state.line = start
        return False
    _push(state, typed, added, start)
    return True


def _leads_somewhere(typed: str, address: str) -> bool:
    is_marked = "]:<" in typed.replace(" ", "")
    return is_marked or bool(_ADDRESS_SIGN.search(address))


def _push(state: StateBlock, typed: str, added: str, start: int) -> None:
    """Add a paragraph, which `_show_definitions` later keeps or removes; `added` is the
    new name.
    """
    opening = state.push("paragraph_open", "p", 1)
    text = state.push("definition", "", 0)
    closing = state.push("paragraph_close", "p", -1)
    opening.map = text.map = [start, state.line]
    text.content = typed
    text.meta = {"name": added, "parts": (opening, text, closing)}


def _show_definitions(state: StateCore) -> None:
    definitions = [token for token in state.tokens if token.type == "definition"]
    if not definitions:
        return
    notes = state.env.get("footnotes", {}).get("list", {}).values()
    used = set(_names_used([*state.tokens, *(t for note in notes for t in note.get("tokens", ()))]))
    hidden = set()
    for token in definitions:
        if _COMMENT.match(token.content):
            state.env.setdefault("comments", []).append(token.content)
        elif token.meta["name"] not in used:
            _show(state, token)
            continue
        else:
            state.env.setdefault("hidden_definitions", []).append(token.content)
        hidden |= set(map(id, token.meta["parts"]))
    state.tokens = [token for token in state.tokens if id(token) not in hidden]


def _names_used(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if "label" in token.meta and token.type in {"link_open", "image"}:
            yield token.meta["label"]
        yield from _names_used(token.children or ())


def _show(state: StateCore, token: Token) -> None:
    token.type = "inline"
    read_lines(state, [token])
    state.env.setdefault("unused", []).append(token.content)
