"""Whether the line breaks within a text's paragraphs are meant, or an editor's margin made them.

Half of all notes have such breaks: one thought per line, or lines that were wrapped. Two shares
tell which. `low` is that of next lines that begin small, as the middle of a sentence does; `fit`
that of breaks at which the next word would still have found room in a narrow column.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from foundation.text.markdown.layout import laid_out

_COLUMNS = 60
_FENCE = re.compile(r"\s*(?:[-+*>]\s+|\d+[.)]\s+)*(```|~~~)")
# Lines that a paragraph neither begins with nor goes on with.
_APART = re.compile(r"\s*(?:#{1,6}\s|[|<]|>?\s*$|[-=_*\s]{3,}$|\[[^\]]+\]:)")
_BEGINS = re.compile(r"\s*(?:[-+*]\s|\d{1,9}[.)]\s|>)")
_FIRST_WORD = re.compile(r"\s*(\S+)")
_BROKEN = re.compile(r"(?:  |\\)$")


def breaks_are_meant(source: str) -> bool | None:
    """Tell whether a text's line breaks are meant; None where it has none, or does not say."""
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
    """Give each line that goes on in the next one, and the first word of that."""
    for line, following in pairwise(_lines_of_text(source)):
        is_one = not _APART.match(line) and not _BROKEN.search(line)
        if is_one and not _APART.match(following) and not _BEGINS.match(following):
            yield line.rstrip(), _FIRST_WORD.findall(following)[0].strip("*_[(\"'`") or "-"


def _lines_of_text(source: str) -> Iterator[str]:
    fence = ""
    for line in laid_out(source).split("\n"):
        found = _FENCE.match(line)
        if found and not fence:
            fence = found[1]
        elif fence:
            fence = "" if line.strip().startswith(fence) else fence
            yield ""
            continue
        yield "" if found or line.startswith("    ") else line


def _fits(line: str, word: str) -> bool:
    return len(line) + 1 + len(word) <= _COLUMNS
