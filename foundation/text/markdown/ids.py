"""Element ids of a rendered text: unique on its page, and the same at every rendering."""

from collections import Counter
from collections.abc import MutableMapping
from typing import Any

# Before every id of a text, so that none is an id of the page around it.
ID_PREFIX = "note-"


def full_id(env: MutableMapping[str, Any], kind: str, word: str) -> str:
    """Return the id of an element by its kind and word: 'h-name-word'."""
    return "-".join(part for part in (kind, env.get("docId", ""), word) if part)


def new_id(env: MutableMapping[str, Any], kind: str, word: str) -> str:
    """Return an unused id for an element: 'h-name-word', then 'h-name-word.2' and so on.

    A word contains no full stop, so a numbered id never equals another word's.
    """
    used: Counter[str] = env.setdefault("ids", Counter())
    base = full_id(env, kind, word)
    used[base] += 1
    return base if used[base] == 1 else f"{base}.{used[base]}"
