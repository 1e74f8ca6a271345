"""Tables whose cells are aligned by class: the policy forbids inline styles."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

ALIGNMENTS = {"align-left", "align-right", "align-center"}


def tables_plugin(markdown: MarkdownIt) -> None:
    """Turn the style attribute of table cells into a class."""
    markdown.core.ruler.push("align_by_class", _align_by_class)


def _align_by_class(state: StateCore) -> None:
    for token in state.tokens:
        style = token.attrs.pop("style", None) if token.tag in {"td", "th"} else None
        if style:
            token.attrSet("class", f"align-{str(style).removeprefix('text-align:')}")
