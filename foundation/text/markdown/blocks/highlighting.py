"""Syntax highlighting of fenced code, with the classes of static/css/code.css.

Pygments' regular expressions have no guaranteed time bound, so only languages whose lexers were
measured are highlighted, and only so much of a text.
"""

from functools import cache

from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES

CLASS_PREFIX = "c-"
CODE_CLASSES = {f"{CLASS_PREFIX}{short}" for short in STANDARD_TYPES.values() if short}
# Characters of one block, and of one text: the rest stays plain.
LONGEST_BLOCK = 4_000
MOST_HIGHLIGHTED = 12_000
LANGUAGES = frozenset(
    "bash c c++ clojure console cpp css diff django docker dockerfile elixir erlang go"  # noqa: SIM905 -- reads better
    " golang graphql haskell hs html html+django html+jinja ini java javascript jinja js json jsx"
    " kotlin lua make makefile nginx ocaml php plpgsql postgres postgresql protobuf psql"
    " py py3 pycon pytb python python3 r rb rs ruby rust scala scss sh shell sql swift toml ts tsx"
    " typescript xml yaml yml zig zsh".split()
)
# One for all: a formatter of its own for each block takes longer than the blocks.
_FORMATTER = HtmlFormatter(nowrap=True, classprefix=CLASS_PREFIX)


def highlighting_plugin(markdown: MarkdownIt) -> None:
    """Highlight fenced code in a known language."""
    markdown.core.ruler.push("highlight_code", _highlight_code)
    markdown.add_render_rule("highlighted_code", _render_highlighted_code)


def _highlight_code(state: StateCore) -> None:
    left = MOST_HIGHLIGHTED
    for token in state.tokens:
        language = _language_of(token)
        if language and len(token.content) <= min(LONGEST_BLOCK, left):
            left -= len(token.content)
            token.type = "highlighted_code"
            token.meta = {"language": language}


def _language_of(token: Token) -> str:
    """Return the known language of a fence; '' for other tokens and other languages."""
    named = token.info.split() if token.type == "fence" else []
    language = named[0].lower() if named else ""
    return language if language in LANGUAGES else ""


def _render_highlighted_code(
    self: object, tokens: list[Token], index: int, options: object, env: object
) -> str:
    token = tokens[index]
    language: str = token.meta["language"]
    marked = highlight(token.content, _lexer(language), _FORMATTER)
    return f'<pre><code class="language-{escape(language)}">{marked}</code></pre>\n'


@cache
def _lexer(language: str) -> Lexer:
    return get_lexer_by_name(language, stripnl=False, ensurenl=False)
