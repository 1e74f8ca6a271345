"""Tags as a line of text: a comma is the only separator, so 'machine learning' is one tag."""

from collections.abc import Iterable
from typing import Any

from notes_site.names import clean_line, name_key

TAG_MAX_LENGTH = 100


def tag_names(text: str) -> list[str]:
    """Return the names in a comma-separated line, cleaned, each once, in their order.

    One leading '#' of a name is dropped; 'C#' keeps its own.
    """
    names: dict[str, str] = {}
    for part in text.split(","):
        name = clean_tag_name(part)
        if name_key(name):
            names.setdefault(name_key(name), name)
    return list(names.values())


def clean_tag_name(name: str) -> str:
    """Return one tag's name as it is stored: one line without its leading '#' and final comma."""
    return clean_line(clean_line(name).removeprefix("#").rstrip(","))


def tag_text(tags: Iterable[Any]) -> str:
    """Return the tags' names as the line that `tag_names` reads back."""
    return ", ".join(sorted((tag.name for tag in tags), key=name_key))
