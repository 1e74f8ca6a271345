"""reStructuredText rendered as plain text, with links, literals, bold words and tables.

It is never interpreted: its directives can read files and insert raw HTML. Tables are those drawn
with `+---+`, and those between lines of `=== ===`.
"""

import re
from collections.abc import Iterable
from html import unescape
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString

from foundation.text.markdown.blocks.tables import BOX
from foundation.text.markdown.cleaning import stored_html
from foundation.text.names import without_controls
from foundation.text.weblinks import is_safe_address

# In escaped text: `text <https://…>`_ or with two underscores; ``literal``; lines of ----.
_RST_LINK = re.compile(r"`([^`\n]{1,300}?)&lt;(https?://[^\s`]{1,500}?)&gt;`__?")
_RST_LITERAL = re.compile(r"``([^`\n]{1,300})``")
_STRONG = re.compile(r"(?<![*`\w])\*\*([^\s*`<>][^*\n`<>]{0,300})\*\*(?![*`\w])")
_UNDERLINE = re.compile(r"\n([-=~^\"'*+#])\1{2,}[ \t]*(?=\n|$)")


def render_restructured(text: str) -> SafeString:
    """Return reStructuredText as HTML paragraphs; everything is escaped except the
    links made here.
    """
    paragraphs = _UNDERLINE.sub("\n\n", without_controls(text)).split("\n\n")
    html = "".join(_block(paragraph.strip()) for paragraph in paragraphs if paragraph.strip())
    return stored_html(html)


def _block(paragraph: str) -> str:
    table = table_html(paragraph)
    if table:
        return f'<div class="{BOX}" tabindex="0">{table}</div>'
    return f"<p>{_restructured(paragraph)}</p>"


def _restructured(paragraph: str) -> str:
    linked = _RST_LINK.sub(_linked, escape(paragraph))
    marked = _RST_LITERAL.sub(r"<code>\1</code>", _STRONG.sub(r"<strong>\1</strong>", linked))
    return marked.replace("\n", "<br>")


def _linked(found: re.Match[str]) -> str:
    """Return the link for `text <address>`_ in escaped text; the text alone if the address is
    unsafe.
    """
    text, address = found[1].strip(), found[2]
    if not is_safe_address(unescape(address)):
        return text
    return f'<a href="{address}" rel="noopener nofollow">{text}</a>'


_GRID = re.compile(r"\+(?:[-=]+\+)+[ \t]*")
_BAR = re.compile(r"=+(?: +=+)+[ \t]*")


def table_html(paragraph: str) -> str:
    """Return the HTML of a paragraph that is a table; '' if it is none, or is drawn
    incompletely.
    """
    lines = paragraph.split("\n")
    is_grid, is_simple = _GRID.fullmatch(lines[0]), _BAR.fullmatch(lines[0])
    if len(lines) < 3 or not (is_grid or is_simple):
        return ""
    head, body = _grid(lines) if is_grid else _simple(lines)
    if not body or len({len(row) for row in [*head, *body]}) != 1:
        return ""
    return f"<table>{_part('thead', 'th', head)}{_part('tbody', 'td', body)}</table>"


Rows = list[list[str]]


def _grid(lines: list[str]) -> tuple[Rows, Rows]:
    """Parse a grid table into head and body rows; a line of `=` ends the head."""
    head: Rows = []
    rows: Rows = []
    for is_drawn, group in groupby(lines, lambda line: bool(_GRID.fullmatch(line))):
        found = list(group)
        if not is_drawn:
            cells = [line.strip().strip("|").split("|") for line in found]
            rows.append(_joined(cells))
        elif "=" in found[0] and rows:
            head, rows = rows, []
    return head, rows


def _simple(lines: list[str]) -> tuple[Rows, Rows]:
    """Parse a simple table: each line is a row, cut at the columns of the first line."""
    starts = [match.start() for match in re.finditer("=+", lines[0])]
    parts = [
        list(g) for drawn, g in groupby(lines, lambda line: bool(_BAR.fullmatch(line))) if not drawn
    ]
    rows = [[_cut(line, starts) for line in part] for part in parts]
    return (rows[0], rows[1]) if len(rows) > 1 else ([], rows[0] if rows else [])


def _cut(line: str, starts: list[int]) -> list[str]:
    ends = [*starts[1:], len(line)]
    return [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _joined(lines: list[list[str]]) -> list[str]:
    """Return one row from its lines; [] if they do not have the same number of cells."""
    if len({len(line) for line in lines}) != 1:
        return []
    return [
        " ".join(part.strip() for part in cell if part.strip()) for cell in zip(*lines, strict=True)
    ]


def _part(name: str, cell: str, rows: Iterable[list[str]]) -> str:
    made = "".join(
        f"<tr>{''.join(f'<{cell}>{escape(text)}</{cell}>' for text in row)}</tr>" for row in rows
    )
    return f"<{name}>{made}</{name}>" if made else ""
