"""Decides whose value a field gets on a repeated import: edits of people stay, everything else
follows the source.

Three values decide for a field: base (what the last import wrote), now (what the row holds) and new
(what the source says today). Pure.
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
    """Whether anything must be written, and which of the source's values are not taken."""

    is_written: bool
    kept: Fields


@dataclass(frozen=True)
class Merged:
    """The values to store, and which of the source's values are not taken."""

    values: Fields
    kept: Fields


def merged(*, base: Value, now: Value, new: Value) -> Value:
    """Return the value to store: the source's if nobody edited the field, else the person's."""
    return new if now == base else now


def merged_items(
    *, base: Mapping[Key, Value], now: Mapping[Key, Value], new: Mapping[Key, Value]
) -> dict[Key, Value]:
    """Return the items of a set to store, decided one by one, in the order of now and then new.

    An item that a person removed does not come back; one that a person added or edited stays.
    """
    items = {}
    for key in [*now, *(key for key in new if key not in now)]:
        value = merged(base=base.get(key), now=now.get(key), new=new.get(key))
        if value is not None:
            items[key] = value
    return items


def merge_fields(units: Iterable[Unit], *, base: Fields, now: Fields, new: Fields) -> Merged:
    """Merge the units that the source has values for; other units are in neither result.

    For a field that was never imported, `base` holds the empty value of a new row: if it has a
    value now, a person wrote it.
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
