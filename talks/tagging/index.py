"""The index of tags: all that readers know, by use and from A to Z."""

from dataclasses import dataclass
from itertools import groupby

from foundation.text.names import initial_letter, sort_key
from talks.models import Tag

MOST_USED = 30


@dataclass(frozen=True)
class TagsUnderLetter:
    """One heading of the A–Z list with its tags, in their order."""

    letter: str
    tags: list[Tag]


@dataclass(frozen=True)
class TagIndex:
    """Tags that readers know, each with its `talk_count`: by use, the most first, and by letter."""

    by_use: list[Tag]
    letters: list[TagsUnderLetter]

    @property
    def most_used(self) -> list[Tag]:
        return self.by_use[:MOST_USED]

    @property
    def number(self) -> int:
        return len(self.by_use)


def tag_index() -> TagIndex:
    """Return the index of all tags that readers can find something under. One query."""
    tags = list(Tag.objects.known_to_readers().only("name", "key", "slug"))
    by_use = sorted(tags, key=lambda tag: (-tag.talk_count, tag.key))
    return TagIndex(by_use, _under_letters(tags))


def _under_letters(tags: list[Tag]) -> list[TagsUnderLetter]:
    placed = [(_heading(tag), sort_key(tag.name), tag.key, tag) for tag in tags]
    placed.sort(key=lambda place: place[:3])
    return [
        TagsUnderLetter(heading[1], [place[3] for place in places])
        for heading, places in groupby(placed, key=lambda place: place[0])
    ]


def _heading(tag: Tag) -> tuple[bool, str]:
    """Return the tag's letter as headings are ordered: what begins with no letter comes first."""
    letter = initial_letter(tag.name)
    return letter != "#", letter
