"""Tags as a line of text: separators split it, quotation marks hold a name together.

Every name can stand in a line: one that would not be read back as it is stands in quotation marks,
with its own ones doubled. `static/admin_notes/tag_names.js` says the same to browsers, and
is tested by the same table.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from foundation.text.names import clean_line, name_key

TAG_MAX_LENGTH = 100
# Commas and semicolons of the scripts that people write tags in, and ends of lines.
SEPARATORS = ",;，、；،؛﹐﹑﹔､\r\n\u2028\u2029"
# Marks that open a name, with those that close it. These hold separators together …
_HOLDING = {
    '"': '"',
    "“": "”“",
    "„": "“”",
    "”": "”",
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    "＂": "＂",
}
# … and these do not, since they are apostrophes too.
_ENCLOSING = {
    "'": "'",
    "‘": "’‘",
    "‚": "‘’",
    "’": "’",
    "‹": "›",
    "›": "‹",
    "`": "`",
    "＇": "＇",
}
_OPENING = "".join([*_HOLDING, *_ENCLOSING])


def _quoted_pattern() -> str:
    held = [
        rf"{mark}([^{mark}{closing}]+)[{closing}]"
        for mark, closing in _HOLDING.items()
        if mark != '"'
    ]
    enclosed = [
        rf"{mark}([^{mark}{closing}{SEPARATORS}]+)[{closing}]"
        for mark, closing in _ENCLOSING.items()
    ]
    names = "|".join([r'"((?:[^"]|"")+)"', *held, *enclosed])
    return rf"\s*(?:{names})\s*(?:[{SEPARATORS}]|\Z)"


_QUOTED = re.compile(_quoted_pattern())
_BARE = re.compile(rf"([^{SEPARATORS}]*)(?:[{SEPARATORS}]|\Z)")


def tag_names(text: str) -> list[str]:
    """Return the names in a line, cleaned, each once, in their order.

    Leading '#' of a name without quotation marks are dropped; 'C#' keeps its own.
    """
    names: dict[str, str] = {}
    for name in _parts(text):
        if key := name_key(name):
            names.setdefault(key, name)
    return list(names.values())


def tag_text(tags: Iterable[Any]) -> str:
    """Return the tags' names as the line that `tag_names` reads back."""
    return line_of(sorted((tag.name for tag in tags), key=name_key))


def line_of(names: Iterable[str]) -> str:
    """Return names as the line that `tag_names` reads back."""
    return ", ".join(_in_line(name) for name in names)


def _in_line(name: str) -> str:
    if name[:1] not in _OPENING and list(_parts(name)) == [name]:
        return name
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _parts(text: str) -> Iterator[str]:
    """Yield the names of a line, cleaned; some may be empty."""
    place = 0
    while place < len(text):
        if found := _QUOTED.match(text, place):
            yield clean_line(_unquoted(found))
        elif found := _BARE.match(text, place):  # always
            yield clean_line(found[1]).lstrip("# ")
        place = found.end() if found else len(text)


def _unquoted(found: re.Match[str]) -> str:
    name: str = found[found.lastindex or 1]
    return name.replace('""', '"') if found.lastindex == 1 else name
