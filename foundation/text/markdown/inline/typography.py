"""Signs as a printer sets them, where that changes no fact: quotes, dashes, ellipses.

"(c)" may be the third of three, "--" belongs to a command, ".." to a path and "!!!!" to the
author: all stay. Only "---" between words and "..." behind one are what a typewriter had for a
dash and an ellipsis. Quotes are paired by markdown-it's own rule.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_DASH = re.compile(r"(?<=[^\W\d_])( ?)---(\1)(?=[^\W\d_])")
_ELLIPSIS = re.compile(r"(?<=[^\W\d_])\.\.\.(?=\s|$)")


def typography_plugin(markdown: MarkdownIt) -> None:
    """Set dashes and ellipses in the text, but not in bare addresses."""
    markdown.core.ruler.at("replacements", _set_signs)


def _set_signs(state: StateCore) -> None:
    for inline in state.tokens:
        is_address = False
        for token in inline.children or ():
            if token.info == "auto":
                is_address = token.nesting == 1
            elif token.type == "text" and not is_address:
                token.content = _ELLIPSIS.sub("…", _DASH.sub(r"\1—\2", token.content))
