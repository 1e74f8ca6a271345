"""Tables in a scrolling box. Cells are aligned by class: the policy forbids inline styles.

A row may have more cells than the header row, which is then widened to the widest row.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

ALIGNMENTS = {"align-left", "align-right", "align-center"}
BOX = "table-box"


def tables_plugin(markdown: MarkdownIt) -> None:
    """Turn the style attribute of table cells into a class, and wrap each table in a box."""
    markdown.block.ruler.at("table", _whole_table, {"alt": ["paragraph", "reference"]})
    markdown.core.ruler.push("align_by_class", _align_by_class)
    markdown.add_render_rule("table_open", _open_box)
    markdown.add_render_rule("table_close", _close_box)


def _whole_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    if not silent:
        _add_cells(state, first)
    return True


def _add_cells(state: StateBlock, first: int) -> None:
    """Add the cells beyond the columns of the header, which the parser dropped."""
    tokens = state.tokens[first:]
    head, *rows = (token.map[0] for token in tokens if token.type == "tr_open" and token.map)
    width = len(_cells(state, head))
    beyond = {line: _cells(state, line)[width:] for line in rows}
    widest = max(map(len, beyond.values()), default=0)
    if not widest:
        return
    beyond[head] = [""] * widest
    whole: list[Token] = []
    for token in tokens:
        if token.type == "tr_open" and token.map:
            added = beyond[token.map[0]]
        elif token.type == "tr_close":
            whole += [part for cell in added for part in _cell(cell)]
        whole.append(token)
    state.tokens[first:] = whole


def _cells(state: StateBlock, line: int) -> list[str]:
    typed = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
    cells = escapedSplit(typed)
    cells = cells[1:] if cells[:1] == [""] else cells
    return cells[:-1] if cells[-1:] == [""] else cells


def _cell(text: str) -> list[Token]:
    inline = Token("inline", "", 0, content=text.strip(), children=[])
    return [Token("td_open", "td", 1), inline, Token("td_close", "td", -1)]


def _align_by_class(state: StateCore) -> None:
    for token in state.tokens:
        style = token.attrs.pop("style", None) if token.tag in {"td", "th"} else None
        if style:
            token.attrSet("class", f"align-{str(style).removeprefix('text-align:')}")


def _open_box(self: object, *_: object) -> str:
    return f'<div class="{BOX}"><table>\n'


def _close_box(self: object, *_: object) -> str:
    return "</table></div>\n"
