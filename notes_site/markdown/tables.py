"""Tables in a box that scrolls. Cells are aligned by class: the policy forbids inline styles."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

ALIGNMENTS = {"align-left", "align-right", "align-center"}
BOX = "table-box"


def tables_plugin(markdown: MarkdownIt) -> None:
    """Turn the style attribute of table cells into a class, and put a box around each table."""
    markdown.core.ruler.push("align_by_class", _align_by_class)
    markdown.add_render_rule("table_open", _open_box)
    markdown.add_render_rule("table_close", _close_box)


def _align_by_class(state: StateCore) -> None:
    for token in state.tokens:
        style = token.attrs.pop("style", None) if token.tag in {"td", "th"} else None
        if style:
            token.attrSet("class", f"align-{str(style).removeprefix('text-align:')}")


def _open_box(self: object, *_: object) -> str:
    return f'<div class="{BOX}"><table>\n'


def _close_box(self: object, *_: object) -> str:
    return "</table></div>\n"
