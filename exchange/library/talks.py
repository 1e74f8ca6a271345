"""From parsed talks to rows: new ones as they are, known ones merged with what people did.

Everything of one event is gathered first and written together at the end.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from conferences.models import Conference
from exchange.library.batch import Batch
from exchange.library.following import (
    LINKS,
    RECORDINGS,
    add_items,
    credit_speakers,
    follow_items,
    follow_speakers,
    follow_tags,
)
from exchange.library.ownership import merge_fields
from exchange.library.people import People
from exchange.library.records import Fields
from exchange.library.row_values import TALK_UNITS, names_in, set_values, values_of
from speakers.models import Speaker
from talks.enums import AbstractFormat
from talks.models import Tag, TaggedTalk, Talk
from talks.tag_querysets import ResolvedTags

_EMPTY_TALK: Fields = values_of(Talk(), TALK_UNITS)


@dataclass(frozen=True)
class Change:
    """Whether anything is to be written, and which of the source's values are not taken."""

    is_written: bool
    kept: Fields


@dataclass
class TalkImport:
    """Gathers the rows of one event's talks until `write`.

    `known_tags` are the tags that the names in changed records mean, where there are such tags.
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
        """Have a talk made as its record has it."""
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
        """Have a known talk follow its record where nobody edited it.

        The talk comes with its credits, tags, recordings and links loaded.
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
        """Write what was gathered; return the names of people made beside unclear namesakes."""
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
    """Return what a talk keeps for good of its first import."""
    return {
        "title": fields["title"],
        "abstract": fields.get("abstract", ""),
        "abstract_format": fields.get("abstract_format", AbstractFormat.PLAIN.value),
        "room": "",
        "start": fields.get("starts_at") or fields.get("given_on"),
        "speakers": fields.get("speakers", []),
    }
