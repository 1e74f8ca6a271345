"""Smart quotes, dashes and ellipses, where they cannot change the meaning.

"(c)" may be the third of three, "--" belongs to a command, ".." to a path and "!!!!" to the author:
all stay. Only "---" between words becomes a dash and "..." after one an ellipsis. markdown-it pairs
the quotes.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_DASH = re.compile(r"(?<=[^\W\d_])( ?)---(\1)(?=[^\W\d_])")
_ELLIPSIS = re.compile(r"(?<=[^\W\d_])\.\.\.(?=\s|$)")


def typography_plugin(markdown: MarkdownIt) -> None:
    """Replace dashes and ellipses in the text, but not in bare URLs."""
    markdown.core.ruler.at("replacements", _set_signs)


def _set_signs(state: StateCore) -> None:
    for inline in state.tokens:
        is_address = False
        for token in inline.children or ():
            if token.info == "auto":
                is_address = token.nesting == 1
            elif token.type == "text" and not is_address:
                token.content = _ELLIPSIS.sub("…", _DASH.sub(r"\1—\2", token.content))
