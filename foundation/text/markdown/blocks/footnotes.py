"""Footnotes: used ones are listed at the end of the text, unused ones are shown where they were
typed.

The plugin of mdit-py-plugins parses them, but drops unused ones, all but the last of several with
one name, and those within another footnote's text. So this module builds the list at the end
itself.
"""

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import render_footnote_anchor


def footnotes_plugin(markdown: MarkdownIt) -> None:
    """Parse footnotes, and show every one."""
    markdown.use(footnote_plugin, move_to_end=False)
    markdown.core.ruler.after("inline", "place_footnotes", _place_footnotes)
    markdown.add_render_rule("footnote_block_open", _block_open)
    markdown.add_render_rule("footnote_anchor", _anchor)


@dataclass
class _Places:
    """Sorts tokens into text and footnotes; `open` is the stack of the text and the footnotes begun
    in it.
    """

    used: set[str]
    env: MutableMapping[str, Any]
    open: list[tuple[str, list[Token]]] = field(default_factory=lambda: [("", [])])
    notes: dict[str, list[Token]] = field(default_factory=dict)

    def take(self, token: Token) -> None:
        if token.type == "footnote_reference_open":
            self.open.append((token.meta["label"], []))
        elif token.type == "footnote_reference_close":
            self._close()
        else:
            self.open[-1][1].append(token)

    def _close(self) -> None:
        name, tokens = self.open.pop()
        if name in self.used and name not in self.notes:
            self.notes[name] = tokens
        else:
            self.open[-1][1].extend(_as_text(name, tokens))
            self.env.setdefault("unused", []).append(f"[^{name}]:")


def _place_footnotes(state: StateCore) -> None:
    notes: dict[int, dict[str, Any]] = state.env.get("footnotes", {}).get("list", {})
    places = _Places({note["label"] for note in notes.values() if "label" in note}, state.env)
    for token in state.tokens:
        places.take(token)
    state.tokens = places.open[0][1]
    if notes:
        state.tokens.append(Token("footnote_block_open", "", 1))
        for number, note in notes.items():
            state.tokens += _footnote(number, note, places.notes)
        state.tokens.append(Token("footnote_block_close", "", -1))


def _footnote(number: int, note: dict[str, Any], texts: dict[str, list[Token]]) -> list[Token]:
    """Return the tokens of a listed footnote, with a back link for each reference to it."""
    name = note.get("label")
    tokens = _paragraph(note["tokens"]) if name is None else texts.get(name, [])
    last = [tokens.pop()] if tokens and tokens[-1].type == "paragraph_close" else []
    back = [
        Token("footnote_anchor", "", 0, meta={"id": number, "subId": time, "label": name})
        for time in range(max(note.get("count", 1), 1))
    ]
    opening = Token("footnote_open", "", 1, meta={"id": number, "label": name})
    return [opening, *tokens, *back, *last, Token("footnote_close", "", -1)]


def _as_text(name: str, tokens: list[Token]) -> list[Token]:
    """Return the tokens of an unused footnote: its mark as it was typed, then its text."""
    sign = Token("text", "", 0, content=f"[^{name}]: ")
    if tokens and tokens[0].type == "paragraph_open" and tokens[1].type == "inline":
        tokens[1].children = [sign, *(tokens[1].children or [])]
        return tokens
    return [*_paragraph([sign]), *tokens]


def _paragraph(children: list[Token]) -> list[Token]:
    inline = Token("inline", "", 0, children=children)
    inline.content = "".join(child.content for child in children)
    opening, closing = Token("paragraph_open", "p", 1), Token("paragraph_close", "p", -1)
    closing.block = True
    return [opening, inline, closing]


def _block_open(
    renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    """Label the list, not the section: two recaps on a page would be two landmarks with
    one name.
    """
    label = escape(_("Footnotes"))
    return f'<hr>\n<section class="footnotes">\n<ol class="footnotes-list" aria-label="{label}">\n'


def _anchor(
    renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    """Return the plugin's back link with a label for screen readers."""
    link: str = render_footnote_anchor(renderer, tokens, index, options, env)
    caption: str = renderer.rules["footnote_caption"](tokens, index, options, env)
    label = escape(_("Back to reference %(number)s") % {"number": caption.strip("[]")})
    return link.replace(' class="', f' aria-label="{label}" class="', 1)
