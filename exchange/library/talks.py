"""Writes parsed talks: new ones as they are, existing ones merged with people's edits.

Everything of one event is collected first and written together at the end. `ownership` decides how
the parts of an existing talk follow its source (speakers, tags, recordings, links).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils import timezone

from conferences.models import Conference
from exchange.library.batch import Batch
from exchange.library.ownership import Change, Fields, merge_fields, merged, merged_items
from exchange.library.people import Credit, People
from exchange.library.row_values import TALK_UNITS, names_in, set_values, values_of
from foundation.text.names import name_key
from speakers.models import Speaker
from talks.enums import AbstractFormat
from talks.models import Recording, ResolvedTags, Tag, TaggedTalk, Talk, TalkLink, TalkSpeaker

_EMPTY_TALK: Fields = values_of(Talk(), TALK_UNITS)


@dataclass
class TalkImport:
    """Collects the rows of one event's talks until `write`.

    `known_tags` are the existing tags for the names in changed records.
    """

    conference: Conference
    people: People
    known_tags: ResolvedTags
    now: dt.datetime = field(default_factory=timezone.now)
    batch: Batch = field(default_factory=Batch)
    # The talks whose recordings change: timestamps in their recaps lead into those.
    rerecorded: list[Talk] = field(default_factory=list)
    _credited: list[Speaker] = field(default_factory=list)
    _tagged: list[tuple[Talk, str]] = field(default_factory=list)

    def add(self, fields: Fields, slug: str) -> Talk:
        """Create a talk from its record."""
        talk = Talk(conference=self.conference, slug=slug, announced=_announced(fields))
        talk.created_at = self.now  # with the database's own value, rows would not go in together
        set_values(talk, {name: fields[name] for name in names_in(TALK_UNITS) if name in fields})
        self.batch.add(talk)
        meant = self.people.all_meant_by(fields.get("speakers", []))
        self._credited += credit_speakers(talk, meant, self.batch)
        self._tagged += [(talk, name) for name in fields.get("tags", [])]
        add_items(RECORDINGS, talk, self.batch, fields.get("recordings", []))
        add_items(LINKS, talk, self.batch, fields.get("links", []))
        return talk

    def change(self, talk: Talk, *, base: Fields, new: Fields) -> Change:
        """Update an existing talk from its record in fields that nobody edited.

        The talk must have its credits, tags, recordings and links loaded.
        """
        decided = merge_fields(
            TALK_UNITS, base={**_EMPTY_TALK, **base}, now=values_of(talk, TALK_UNITS), new=new
        )
        changed = set_values(talk, decided.values)
        self.batch.change(talk, changed)
        is_written, kept = bool(changed), dict(decided.kept)
        for name in ("speakers", "tags", "recordings", "links"):
            if name in new:
                followed = self._follow(name, talk, base.get(name, []), new[name])
                is_written |= followed.is_written
                kept |= {name: new[name]} if followed.is_kept else {}
        return Change(is_written, kept)

    def write(self) -> list[str]:
        """Write what was collected; return the names of persons created beside namesakes."""
        unclear = self.people.add_new(self._credited, self.batch)
        self._tag_talks()
        self.batch.write()
        return unclear

    def _tag_talks(self) -> None:
        names = list(dict.fromkeys(name for _talk, name in self._tagged))
        resolved = Tag.objects.resolve(names)
        tags = {name: resolved.of(name) for name in names}
        # Two names of one record may be one tag, by a synonym.
        pairs = {(id(talk), tag): talk for talk, name in self._tagged if (tag := tags[name])}
        for (_id, tag), talk in pairs.items():
            self.batch.add(TaggedTalk(content_object=talk, tag=tag))

    def _follow(self, name: str, talk: Talk, base: Any, new: Any) -> Any:
        if name == "speakers":
            followed, people = follow_speakers(talk, self.people, self.batch, base=base, new=new)
            self._credited += people
        elif name == "tags":
            followed, names = follow_tags(talk, self.known_tags, self.batch, base=base, new=new)
            self._tagged += [(talk, tag_name) for tag_name in names]
        else:
            kind = RECORDINGS if name == "recordings" else LINKS
            followed = follow_items(kind, talk, self.batch, base=base, new=new)
            if kind is RECORDINGS and followed.is_written:
                self.rerecorded.append(talk)
        return followed


def _announced(fields: Fields) -> dict[str, Any]:
    """Return the values of the first import that a talk keeps for good."""
    return {
        "title": fields["title"],
        "abstract": fields.get("abstract", ""),
        "abstract_format": fields.get("abstract_format", AbstractFormat.PLAIN.value),
        "room": fields.get("room", ""),
        "start": fields.get("starts_at") or fields.get("given_on"),
        "speakers": fields.get("speakers", []),
    }


@dataclass(frozen=True)
class Followed:
    """Whether anything must be written, and whether the source's value was not fully taken."""

    is_written: bool
    is_kept: bool


@dataclass(frozen=True)
class ItemKind:
    """A kind of child rows of a talk, identified by URL."""

    model: type[Recording] | type[TalkLink]
    relation: str
    attributes: tuple[str, ...]
    has_position: bool


RECORDINGS = ItemKind(Recording, "recordings", ("provider", "video_id"), has_position=True)
LINKS = ItemKind(TalkLink, "links", ("kind", "label"), has_position=False)


def follow_speakers(
    talk: Talk, people: People, batch: Batch, *, base: list[str], new: list[str]
) -> tuple[Followed, list[Speaker]]:
    """Update the speakers as one list of persons, so that merging two persons counts as no edit.

    Returns also the newly credited persons.
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
    """Credit exactly these persons, in this order; return the newly credited ones.

    Roles and spellings of the others are left alone.
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
    """Update the tags one by one, resolving synonyms. Returns also names to add.

    `known` are the existing tags for the names of base and new.
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
    """Update the recordings or links one by one."""
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
    """Add recordings or links after those that the talk has."""
    place = 0
    if kind.has_position and talk.pk:
        taken = [row.position for row in getattr(talk, kind.relation).all()]
        place = max(taken, default=-1) + 1
    for position, item in enumerate(items, start=place):
        order = {"position": position} if kind.has_position else {}
        batch.add(kind.model(talk=talk, **order, **item))


def _identity(name: str, known: ResolvedTags) -> int | str:
    """Return the key of a tag name: the tag's id, or the name key if there is no such tag."""
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
