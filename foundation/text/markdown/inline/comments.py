"""Comments, `<!-- … -->`: removed from the text wherever they begin and end, except in code.

People write in them what is not for publication. CommonMark would show a comment that begins within
a line and continues after a blank line, or in the next list item. So comments are removed before a
text is parsed. One that never ends is text.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_COMMENT = re.compile(r"<!--(?:-?>|.*?-->)", re.DOTALL)
_CODE = {"fence", "code_block"}
# Where a comment may begin, and what may keep it from beginning there.
_SIGN = re.compile(r"\\[\\`<]|`+|<!--|\n")


def comments_plugin(markdown: MarkdownIt) -> None:
    """Drop comments that `without_comments` took for code."""
    markdown.inline.ruler.before("autolink", "comment", _comment)


def without_comments(source: str, parser: MarkdownIt) -> tuple[str, list[str]]:
    """Return a text without its comments, with all its line ends, and the comments.

    The parser tells which lines are code. Takes linear time.
    """
    if "<!--" not in source or "-->" not in source:
        return source, []
    comments: list[str] = []
    kept: list[str] = []
    done = 0
    for start in _openings(source, _lines_of_code(source, parser)):
        found = _COMMENT.match(source, start) if start >= done else None
        if found:
            kept += [source[done:start], "\n" * found[0].count("\n")]
            comments.append(found[0])
            done = found.end()
    return "".join([*kept, source[done:]]), comments


def _lines_of_code(source: str, parser: MarkdownIt) -> Callable[[int], bool]:
    """Return a function that tells whether a line is code. The parser there knows comments that
    begin a line.
    """
    tokens = parser.parse(source)
    lines = {n for t in tokens if t.type in _CODE and t.map for n in range(*t.map)}
    return lines.__contains__


def _openings(source: str, is_code: Callable[[int], bool]) -> Iterator[int]:
    """Yield the positions where a comment begins that is neither in code nor escaped."""
    last = source.rfind("-->")
    signs = list(_numbered_signs(source))
    for line, found in groupby(signs, key=lambda sign: sign[0]):
        if not is_code(line):
            yield from (place for place in _in_line([m for _n, m in found]) if place < last)


def _numbered_signs(source: str) -> Iterator[tuple[int, re.Match[str]]]:
    line = 0
    for match in _SIGN.finditer(source):
        if match[0] == "\n":
            line += 1
        else:
            yield line, match


def _in_line(signs: list[re.Match[str]]) -> Iterator[int]:
    """Yield the positions where a comment begins within a line, outside of code spans."""
    last_of_length = {match[0]: number for number, match in enumerate(signs) if "`" in match[0]}
    closing = ""
    for number, match in enumerate(signs):
        sign = match[0]
        if closing:
            closing = "" if sign == closing else closing
        elif sign[0] == "`":
            closing = sign if last_of_length[sign] > number else ""
        elif sign == "<!--":
            yield match.start()


def _comment(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("<!--", state.pos) or state.html_terminator_last("-->") < state.pos:
        return False
    found = _COMMENT.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.env.setdefault("comments", []).append(found[0])
    state.pos = found.end()
    return True
