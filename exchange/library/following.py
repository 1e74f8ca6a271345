"""How the parts of a known talk follow its source: speakers, tags, recordings, links.

Each function decides with the rule of `merging`, puts what is to be written into the batch, and
says what became of the source's value.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from exchange.library.batch import Batch
from exchange.library.ownership import merged, merged_items
from exchange.library.people import Credit, People
from exchange.library.records import Fields
from foundation.text.names import name_key
from speakers.models import Speaker
from talks.models import Recording, Talk, TalkLink, TalkSpeaker
from talks.tag_querysets import ResolvedTags


@dataclass(frozen=True)
class Followed:
    """Whether something is to be written, and whether the source's value was not taken in full."""

    is_written: bool
    is_kept: bool


@dataclass(frozen=True)
class ItemKind:
    """A kind of rows that belong to a talk, each known by its address."""

    model: type[Recording] | type[TalkLink]
    relation: str
    attributes: tuple[str, ...]
    has_position: bool


RECORDINGS = ItemKind(Recording, "recordings", ("provider", "video_id"), has_position=True)
LINKS = ItemKind(TalkLink, "links", ("kind", "label"), has_position=False)


def follow_speakers(
    talk: Talk, people: People, batch: Batch, *, base: list[str], new: list[str]
) -> tuple[Followed, list[Speaker]]:
    """Decide over the speakers as one list of people, so that merging two people is no edit.

    Returns also the people who are credited anew.
    """
    rows = list(talk.credits.all())
    now = [row.speaker for row in rows]
    ids = [person.pk for person in now]
    told = people.all_meant_by(new, ids)
    told_people = [credit.person for credit in told]
    base_people = [credit.person for credit in people.all_meant_by(base, ids)]
    decided = merged(base=base_people, now=now, new=told_people)
    is_written = decided != now
    credited = credit_speakers(talk, told, batch, rows) if is_written else []
    return Followed(is_written, decided != told_people), credited


def credit_speakers(
    talk: Talk, meant: Iterable[Credit], batch: Batch, rows: Iterable[TalkSpeaker] = ()
) -> list[Speaker]:
    """Have exactly these people credited, in this order; return those who were not before.

    Roles and spellings of those who stay are left alone.
    """
    current = {row.speaker_id: row for row in rows}
    added = []
    for position, credit in enumerate(meant):
        row = current.pop(credit.person.pk, None)
        if row is None:
            added.append(credit.person)
            batch.add(
                TalkSpeaker(
                    talk=talk,
                    speaker=credit.person,
                    position=position,
                    credited_as=credit.credited_as,
                )
            )
        elif row.position != position:
            row.position = position
            batch.change(row, ["position"])
    for row in current.values():
        batch.remove(row)
    return added


def follow_tags(
    talk: Talk, known: ResolvedTags, batch: Batch, *, base: list[str], new: list[str]
) -> tuple[Followed, list[str]]:
    """Decide over the tags one by one, each through its synonyms. Returns also names to add.

    `known` are the tags that the names of base and new mean, where there are such tags.
    """
    rows = {row.tag_id: row for row in talk.tagged.all()}
    told = {_identity(name, known): name for name in new}
    decided = merged_items(
        base={_identity(name, known): True for name in base},
        now=dict.fromkeys(rows, True),
        new=dict.fromkeys(told, True),
    )
    to_add = [told[identity] for identity in decided if identity not in rows]
    to_remove = [row for identity, row in rows.items() if identity not in decided]
    for row in to_remove:
        batch.remove(row)
    return Followed(bool(to_add or to_remove), not told.keys() <= decided.keys()), to_add


def follow_items(
    kind: ItemKind, talk: Talk, batch: Batch, *, base: list[Fields], new: list[Fields]
) -> Followed:
    """Decide over the recordings or links one by one."""
    rows = {row.url: row for row in getattr(talk, kind.relation).all()}
    now = {url: _attributes(kind, row) for url, row in rows.items()}
    told = _by_url(kind, new)
    decided = merged_items(base=_by_url(kind, base), now=now, new=told)
    add_items(
        kind, talk, batch, [{"url": url, **decided[url]} for url in decided if url not in rows]
    )
    for url, row in rows.items():
        if url not in decided:
            batch.remove(row)
        elif decided[url] != now[url]:
            _change(row, decided[url], batch)
    return Followed(decided != now, decided != told)


def add_items(kind: ItemKind, talk: Talk, batch: Batch, items: Iterable[Fields]) -> None:
    """Have recordings or links added behind those that the talk has."""
    place = 0
    if kind.has_position and talk.pk:
        taken = [row.position for row in getattr(talk, kind.relation).all()]
        place = max(taken, default=-1) + 1
    for position, item in enumerate(items, start=place):
        order = {"position": position} if kind.has_position else {}
        batch.add(kind.model(talk=talk, **order, **item))


def _identity(name: str, known: ResolvedTags) -> int | str:
    """Return what the names of one tag share: its id, or their key while there is no such tag."""
    tag = known.of(name)
    return tag.pk if tag else name_key(name)


def _by_url(kind: ItemKind, items: Iterable[Fields]) -> dict[str, Fields]:
    return {item["url"]: {name: item[name] for name in kind.attributes} for item in items}


def _attributes(kind: ItemKind, row: Model) -> dict[str, Any]:
    return {name: getattr(row, name) for name in kind.attributes}


def _change(row: Model, attributes: Fields, batch: Batch) -> None:
    for name, value in attributes.items():
        setattr(row, name, value)
    batch.change(row, list(attributes))
