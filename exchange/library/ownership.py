"""The rule of a second import: what a person edited stays, everything else follows the source.

Three values decide over a field: base (what the import wrote last), now (what the row holds)
and new (what the source says today). Everything here is pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")
Fields = Mapping[str, Any]
# Fields that come from one value of the source and only make sense together.
Unit = tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """Whether anything is to be written, and which of the source's values are not taken."""

    is_written: bool
    kept: Fields


@dataclass(frozen=True)
class Merged:
    """What a row shall hold, and which of the source's values it does not."""

    values: Fields
    kept: Fields


def merged(*, base: Value, now: Value, new: Value) -> Value:
    """Return what shall be there: the source's value where nobody edited, else the person's."""
    return new if now == base else now


def merged_items(
    *, base: Mapping[Key, Value], now: Mapping[Key, Value], new: Mapping[Key, Value]
) -> dict[Key, Value]:
    """Return what a set shall hold, decided item by item, in the order of now and then new.

    An item that a person removed does not come back, one that a person added or edited stays.
    """
    items = {}
    for key in [*now, *(key for key in new if key not in now)]:
        value = merged(base=base.get(key), now=now.get(key), new=new.get(key))
        if value is not None:
            items[key] = value
    return items


def merge_fields(units: Iterable[Unit], *, base: Fields, now: Fields, new: Fields) -> Merged:
    """Decide over the units that the source speaks of; the others are in neither result.

    For a field that was never imported, `base` holds the empty value of a fresh row: whoever
    filled it in since is a person.
    """
    values: dict[str, Any] = {}
    kept: dict[str, Any] = {}
    for unit in units:
        if not all(name in new for name in unit):
            continue
        decided = merged(
            base={name: base[name] for name in unit},
            now={name: now[name] for name in unit},
            new={name: new[name] for name in unit},
        )
        values |= decided
        kept |= {name: new[name] for name in unit if decided[name] != new[name]}
    return Merged(values, kept)
