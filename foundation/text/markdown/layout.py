"""Preprocesses indentation, so that CommonMark parses lists and code as their author sees them.

A list item that is indented further than the one above it belongs to that one, whether by one space
or by eight. An indented list is a list, not code, except within code. Text that is indented two
columns further than a number belongs to the number's item. A heading needs no space after its
marks. Invisible characters at the beginning of a line, or after its mark, are ignored. The stored
text is not changed.

One pass over the lines; each stays one line.

It also tells whether line breaks within paragraphs are meant (one thought per line) or come from an
editor's wrapping; half of all notes have some. Two shares decide. `low` is the share of next lines
that begin in lower case, as the middle of a sentence does; `fit` the share of breaks at which the
next word would still have fitted in a narrow column.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise

# Quotes within quotes; what is deeper stays as it is.
_DEEPEST_QUOTE = 20
_MARKER = re.compile(r"([-+*]|\d{1,9}[.)])(?:(?=$)|([ \t]+))")
_RULE = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_FOOTNOTE = re.compile(r"\[\^[^\s\]]+\]:")
_BEGINS_BLOCK = re.compile(
    r"#{1,6}(?:[ \t]|$)|>|<(?:/?(?:details|summary|fig)|!--)|\[\^[^\s\]]+\]:"
)
_NO_BLANK = re.compile(r"(#{1,6})([^#\s].*)")
_HASHTAG = re.compile(r"(?:^|\s)#\w")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_UNSEEN = re.compile("^([ \t]*)[\ufeff\u200b\u200e\u200f\u2060]+|\ufeff", re.MULTILINE)
_WIDE_BLANK = re.compile(
    "^([ \t\u00a0]*(?:#{1,6}|[-*+]|[0-9]{1,9}[.)]))[\u00a0\u2000-\u200a\u202f\u3000]", re.MULTILINE
)
_INDENT = re.compile("^[ \t]*\u00a0[ \t\u00a0]*", re.MULTILINE)


def laid_out(source: str) -> str:
    """Return the text with normalised indentation."""
    text = _UNSEEN.sub(r"\1", _LINE_ENDS.sub("\n", source))
    text = _INDENT.sub(lambda found: found[0].replace("\u00a0", " "), _WIDE_BLANK.sub(r"\1 ", text))
    return "\n".join(_lines(text.split("\n"), depth=0))


@dataclass
class _Item:
    """An open list item, or an open footnote.

    `mark` and `content` are the columns where they were typed, `placed` and `inside` the columns
    where they are moved to; other content belongs to the item from column `needs` on.
    """

    mark: int
    content: int
    placed: int
    inside: int
    needs: int


@dataclass
class _Layout:
    """The state after the lines so far: open items, fences, code."""

    depth: int
    items: list[_Item] = field(default_factory=list)
    fence: str = ""
    shift: int = 0
    in_text: bool = False
    in_code: bool = False

    def place(self, line: str) -> str:
        """Return the line with its new indentation."""
        text = line.lstrip(" \t")
        indent = _width(line[: len(line) - len(text)])
        if self.fence and not self._leaves_fence(text, indent):
            return self._in_fence(line, text, indent)
        if not text:
            self.in_text = False
            return ""
        if self._goes_on_as_code(indent):
            return self._moved(line, text, indent)
        self.in_code = False
        marker = None if _RULE.match(text) else _MARKER.match(text)
        if marker and self._is_item(marker, indent):
            return self._item(marker, text, indent)
        return self._other(line, text, indent)

    # Fences

    def _leaves_fence(self, text: str, indent: int) -> bool:
        """Return whether the line ends the item in which the fence was opened, and so the fence."""
        if text and self.items and indent <= self.items[-1].mark:
            self.fence = ""
        return not self.fence

    def _in_fence(self, line: str, text: str, indent: int) -> str:
        mark = text.rstrip(" \t")
        if set(mark) == {self.fence[0]} and len(mark) >= len(self.fence):
            self.fence = ""
        if not self.shift or not text:
            return line
        return f"{' ' * max(indent + self.shift, 0)}{text}"

    def _open_fence(self, text: str, shift: int) -> None:
        found = _FENCE.match(text)
        if found:
            self.fence, self.shift, self.in_text = found[1] or found[2], shift, False

    # Code by its indent

    def _goes_on_as_code(self, indent: int) -> bool:
        return self.in_code and indent - self._content() >= 4

    def _moved(self, line: str, text: str, indent: int) -> str:
        if not self.items:
            return line
        item = self.items[-1]
        return f"{' ' * max(item.inside + indent - item.content, 0)}{text}"

    def _content(self) -> int:
        return self.items[-1].content if self.items else 0

    # Items

    def _is_item(self, marker: re.Match[str], indent: int) -> bool:
        """Return whether a list item begins here; within a paragraph not every mark begins one."""
        is_next = any(item.mark >= indent for item in self.items)
        if not self.in_text or is_next:
            return True
        return bool(marker[2]) and (not marker[1][0].isdigit() or marker[1][:-1] == "1")

    def _item(self, marker: re.Match[str], text: str, indent: int) -> str:
        placed = self.items[0].placed if self.items else 0
        while self.items and self.items[-1].mark >= indent:
            placed = self.items.pop().placed
        placed = self.items[-1].inside if self.items else placed
        mark, rest = marker[1], text[marker.end() :]
        column = indent + len(mark)
        gap = _width(marker[2] or " ", column)
        kept = gap if gap <= 4 and rest else 1
        inside = placed + len(mark) + kept
        needs = min(column + gap, indent + 2)
        self.items.append(_Item(indent, column + gap, placed, inside, needs))
        return f"{' ' * placed}{mark}{' ' * kept if rest else ''}{self._rest(rest, inside)}"

    def _rest(self, rest: str, inside: int) -> str:
        """Return what follows a list mark: perhaps another item, code, or text."""
        self.in_text = bool(rest)
        item = self.items[-1]
        marker = None if _RULE.match(rest) else _MARKER.match(rest)
        if marker and len(self.items) < 100:
            return self._item(marker, rest, item.content).lstrip(" ")
        rest = _headed(rest, is_new=True)
        self._open_fence(rest, inside - item.content)
        return rest

    # All other lines

    def _other(self, line: str, text: str, indent: int) -> str:
        begins = bool(_BEGINS_BLOCK.match(text) or _RULE.match(text) or _FENCE.match(text))
        is_new = not self.in_text
        if is_new or begins:
            self._leave_items(indent)
        beyond = indent - self._content()
        if is_new and beyond >= 4:
            self.in_code = True
            return self._moved(line, text, indent)
        self.in_text = not (text[0] == "#" and begins) and not _RULE.match(text)
        if not self.items and not _FOOTNOTE.match(text):
            self._open_fence(text, 0)
            return f"{line[: len(line) - len(text)]}{_headed(text, is_new=is_new)}"
        return self._in_item(text, max(beyond, 0) if is_new or begins else 0, indent, is_new=is_new)

    def _in_item(self, text: str, beyond: int, indent: int, *, is_new: bool) -> str:
        column = (self.items[-1].inside if self.items else 0) + beyond
        self._open_fence(text, column - indent)
        if _FOOTNOTE.match(text):
            self.items.append(_Item(indent, indent + 4, column, column + 4, indent + 4))
        return f"{' ' * column}{_headed(text, is_new=is_new)}"

    def _leave_items(self, indent: int) -> None:
        while self.items and indent < self.items[-1].needs:
            self.items.pop()


def _lines(lines: list[str], depth: int) -> Iterator[str]:
    """Yield the lines with their new indentation; a quote is laid out like a text of its own."""
    layout = _Layout(depth)
    is_deep = depth >= _DEEPEST_QUOTE
    for is_quote, group in groupby(lines, lambda line: _is_quote(line) and not is_deep):
        if is_quote and not layout.fence:
            yield from _quote(layout, list(group))
        else:
            yield from (layout.place(line) for line in group)


def _is_quote(line: str) -> bool:
    return line.lstrip(" \t")[:1] == ">"


def _quote(layout: _Layout, lines: list[str]) -> Iterator[str]:
    first = layout.place(lines[0])
    if layout.in_code:
        yield from (first, *(layout.place(line) for line in lines[1:]))
        return
    column = len(first) - len(first.lstrip(" "))
    inner = [line.lstrip(" \t")[1:] for line in lines]
    inner = [f"  {line[1:]}" if line[:1] == "\t" else line.removeprefix(" ") for line in inner]
    for line in _lines(inner, layout.depth + 1):
        yield f"{' ' * column}> {line}".rstrip(" ") if not line else f"{' ' * column}> {line}"


def _headed(text: str, *, is_new: bool) -> str:
    """Return the line with a space after its heading marks, if it is a heading."""
    found = _NO_BLANK.match(text)
    if found is None:
        return text
    signs, words = found.groups()
    is_heading = words[0] not in "!{" if len(signs) > 1 else is_new and _is_title(words)
    return f"{signs} {words}" if is_heading else text


def _is_title(words: str) -> bool:
    """Tell a title from a hashtag: "Title", "Title of a talk", "API design"."""
    first, _blank, others = words.partition(" ")
    first = first.rstrip(":,.!?")
    is_word = first.isalpha() and (first.istitle() or (first.isupper() and bool(others)))
    return is_word and not _HASHTAG.search(others)


def _width(blanks: str, column: int = 0) -> int:
    """Return how many columns spaces and tabs take, starting at a column."""
    end = column
    for blank in blanks:
        end += 4 - end % 4 if blank == "\t" else 1
    return end - column


_COLUMNS = 60
_FENCE_ANYWHERE = re.compile(r"\s*(?:[-+*>]\s+|\d+[.)]\s+)*(```|~~~)")
# Lines that a paragraph neither begins with nor goes on with.
_APART = re.compile(r"\s*(?:#{1,6}\s|[|<]|>?\s*$|[-=_*\s]{3,}$|\[[^\]]+\]:)")
_BEGINS = re.compile(r"\s*(?:[-+*]\s|\d{1,9}[.)]\s|>)")
_FIRST_WORD = re.compile(r"\s*(\S+)")
_BROKEN = re.compile(r"(?:  |\\)$")


def breaks_are_meant(source: str) -> bool | None:
    """Return whether a text's line breaks are meant; None if it has none, or if that is unclear."""
    breaks = list(_breaks(source))
    if not breaks:
        return None
    fit = sum(_fits(line, word) for line, word in breaks) / len(breaks)
    cased = [word for _line, word in breaks if word[0].lower() != word[0].upper()]
    low = sum(word[0].islower() for word in cased) / len(cased) if cased else 1.0
    if (low <= 0.35 and (fit >= 0.3 or low <= 0.2)) or fit >= 0.75:
        return True
    return False if not cased or (low >= 0.5 and fit <= 0.5) else None


def _breaks(source: str) -> Iterator[tuple[str, str]]:
    """Yield each line that continues in the next one, with the first word of the next one."""
    for line, following in pairwise(_lines_of_text(source)):
        is_one = not _APART.match(line) and not _BROKEN.search(line)
        if is_one and not _APART.match(following) and not _BEGINS.match(following):
            yield line.rstrip(), _FIRST_WORD.findall(following)[0].strip("*_[(\"'`") or "-"


def _lines_of_text(source: str) -> Iterator[str]:
    fence = ""
    for line in laid_out(source).split("\n"):
        found = _FENCE_ANYWHERE.match(line)
        if found and not fence:
            fence = found[1]
        elif fence:
            fence = "" if line.strip().startswith(fence) else fence
            yield ""
            continue
        yield "" if found or line.startswith("    ") else line


def _fits(line: str, word: str) -> bool:
    return len(line) + 1 + len(word) <= _COLUMNS
