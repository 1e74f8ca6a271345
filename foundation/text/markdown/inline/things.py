"""Links by name: `[[name]]` and `[[name|text]]` link to the talk, speaker … of that name.

A text is parsed first and lists its names; a caller with a database looks them up and passes the
targets to the renderer. Names with no target or several become plain text, and a preview marks
them. Code and `\\[[escaped]]` names are not parsed; within the text of another link, and where
`(` follows or a link definition has the name, they are ordinary Markdown.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

_THING = re.compile(r"\[\[([^\[\]\n|]{1,300})(?:\|([^\[\]\n]{1,300}))?\]\](?!\()")
# Names beyond these stay text: nobody writes so many, and each is looked up.
MOST_NAMES = 500


@dataclass(frozen=True)
class Target:
    """What a name resolves to: the URL of its page, and the text of a link to it."""

    address: str
    label: str


@dataclass(frozen=True)
class Things:
    """The targets of a text's names, by name; `show_unknown` marks names without a target."""

    targets: Mapping[str, Target] = field(default_factory=dict)
    ambiguous: frozenset[str] = frozenset()
    show_unknown: bool = False


def things_plugin(markdown: MarkdownIt) -> None:
    """Collect names in `env["names"]` and link to `env["things"]`."""
    markdown.inline.ruler.before("link", "thing", _thing)
    markdown.add_render_rule("thing", _render_thing)


def names_of(env: dict[str, Any]) -> tuple[str, ...]:
    """Return the names in a text, each once, in their order; at most 500."""
    return tuple(env.get("names", {}))[:MOST_NAMES]


def _thing(state: StateInline, silent: bool) -> bool:
    # Silent: a link looks for the end of its text. Whatever we took there would be a link in it.
    match = None if silent or state.linkLevel else _THING.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    name, text = match[1].strip(), (match[2] or "").strip()
    if not name or normalizeReference(match[1]) in state.env.get("references", ()):
        return False
    state.env.setdefault("names", {})[name] = None
    token = state.push("thing", "", 0)
    token.content = text or name
    token.meta = {"name": name, "text": text, "typed": match[0]}
    state.pos = match.end()
    return True


def _render_thing(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    token, things = tokens[index], env.get("things")
    if things is None:
        return escape(token.meta["typed"])
    target = things.targets.get(token.meta["name"])
    if target:
        shown = token.meta["text"] or target.label
        return format_html('<a href="{}">{}</a>', target.address, shown)
    return _marked(token, things) if things.show_unknown else escape(token.content)


def _marked(token: Any, things: Things) -> str:
    is_ambiguous = token.meta["name"] in things.ambiguous
    why = _("Several things have this name.") if is_ambiguous else _("Nothing has this name.")
    kind = "ambiguous-link" if is_ambiguous else "unknown-link"
    return format_html('<span class="{}" title="{}">{}</span>', kind, why, token.content)
