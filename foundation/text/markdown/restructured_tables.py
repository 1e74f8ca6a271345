"""Tables of reStructuredText: those drawn with `+---+`, and those between lines of `=== ===`."""

import re
from collections.abc import Iterable
from itertools import groupby

from django.utils.html import escape

_GRID = re.compile(r"\+(?:[-=]+\+)+[ \t]*")
_BAR = re.compile(r"=+(?: +=+)+[ \t]*")


def table_html(paragraph: str) -> str:
    """Return a paragraph that is a table as HTML; '' where it is none, or not drawn whole."""
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
    """Each row stands between two drawn lines; one of `=` ends the head."""
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
    """Each line is a row, cut where the columns of the first line begin."""
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
    """Return one row from its lines; [] where they do not have the same number of cells."""
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
