"""The info string of fenced code: a language is hidden, any other text is shown.

People type "```SELECT 1" on one line, and "```python the cache" for a caption. Readers do not see
the name of a language that Pygments knows.
"""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from pygments.lexers import get_all_lexers

# What sites and editors take for a language besides.
_FURTHER = frozenset(
    "csv dot dotenv env fish graphviz latex log markdown math mermaid none plain plaintext"  # noqa: SIM905 -- reads better
    " plantuml shell-session svg txt vue".split()
)
_INFO = re.compile(r"([^\s:,{(=]*)(.*)", re.DOTALL)


def fences_plugin(markdown: MarkdownIt) -> None:
    """Show info strings that name no language."""
    markdown.core.ruler.after("block", "show_fence_info", _show_fence_info)


@cache
def _languages() -> frozenset[str]:
    names = (name.lower() for lexer in get_all_lexers(plugins=False) for name in lexer[1])
    return _FURTHER.union(names)


def _show_fence_info(state: StateCore) -> None:
    if any(token.type == "fence" and token.info.strip() for token in state.tokens):
        state.tokens = [t for token in state.tokens for t in _with_info(token)]


def _with_info(token: Token) -> list[Token]:
    """Return the fence with its info string as first line of the code, or with a
    caption before it.
    """
    info = unescapeAll(token.info).strip() if token.type == "fence" else ""
    language, caption = _parts(info)
    if not caption:
        return [token]
    if not language or not token.content.strip():
        token.info, token.content = language, f"{caption}\n{token.content}"
        return [token]
    token.info = language
    return [*_caption(caption), token]


def _parts(info: str) -> tuple[str, str]:
    """Split an info string into language and rest; without a language everything is the rest."""
    match = _INFO.match(info)
    if match and match[1].lower() in _languages():
        return match[1], match[2].strip()
    return "", info


def _caption(text: str) -> list[Token]:
    opening, closing = Token("paragraph_open", "p", 1), Token("paragraph_close", "p", -1)
    closing.block = True
    return [opening, Token("code_inline", "code", 0, content=text), closing]
