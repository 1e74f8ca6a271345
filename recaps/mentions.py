"""Resolves the names in a recap's text to talks, speakers, conferences and tags.

They are `[[talk-slug]]`, `[[conference/talk]]`, `[[Speaker Name]]`, `[[conference]]`, `[[tag]]`.

A name resolves only if it means exactly one object. A talk's slug alone means a talk of the recap's
own conference, if there is one, before those of others; old slugs and other spellings are tried
after the live ones.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from conferences.models import Conference
from foundation.text.markdown import Target, Things
from foundation.text.names import name_key
from speakers.models import Speaker
from talks.models import Tag, Talk

Thing = Talk | Speaker | Conference | Tag
# Gives what a name means, seen from a recap of the conference with an id.
Finder = Callable[[str, int | None], Iterable[Thing]]


@dataclass(frozen=True)
class FoundThings:
    """The objects that names resolve to, and the ambiguous names."""

    by_name: dict[str, Thing] = field(default_factory=dict)
    ambiguous: frozenset[str] = frozenset()

    @property
    def things(self) -> list[Thing]:
        """The objects, each once."""
        return list(dict.fromkeys(self.by_name.values()))

    def for_rendering(self, *, show_unknown: bool = False) -> Things:
        """Return the link targets for the renderer; `show_unknown` has it mark unresolved names."""
        targets = {
            name: Target(thing.get_absolute_url(), str(thing))
            for name, thing in self.by_name.items()
        }
        return Things(targets, self.ambiguous, show_unknown)


def find_things(names: Iterable[str], *, near: int | None) -> FoundThings:
    """Resolve the names in a recap about the conference with the id `near`.

    At most eight queries, whatever the number of names; none where there is no name.
    """
    wanted = list(names)
    return Lookup(wanted).seen_from(near, wanted)


class Lookup:
    """The names of one text or of many, looked up once. Runs the queries of `find_things`."""

    def __init__(self, names: list[str]) -> None:
        conferences = _conferences(names) if names else None
        self._finders: tuple[Finder, ...] = (
            (_talks(names, conferences), conferences, _speakers(names), _tags(names))
            if conferences
            else ()
        )

    def seen_from(self, near: int | None, names: Iterable[str]) -> FoundThings:
        """Resolve some of the names for a recap of the conference. No query."""
        found = {
            name: list(dict.fromkeys(t for find in self._finders for t in find(name, near)))
            for name in names
        }
        return FoundThings(
            {name: things[0] for name, things in found.items() if len(things) == 1},
            frozenset(name for name, things in found.items() if len(things) > 1),
        )


def _conferences(names: list[str]) -> Callable[[str, int | None], list[Conference]]:
    """Two queries: by slug or title, and by old slug."""
    slugs = {name.partition("/")[0].lower() for name in names}
    live = defaultdict(list)
    for conference in Conference.objects.called(slugs=slugs, titles=names):
        live[conference.slug].append(conference)
        live[conference.title].append(conference)
    had: Any = Conference.objects.at_old_addresses(slugs)
    old = {conference.old_slug: conference for conference in had}

    def find(name: str, _near: int | None) -> list[Conference]:
        slug = name.lower()
        found = dict.fromkeys([*live.get(slug, []), *live.get(name, [])])
        return list(found) or ([old[slug]] if slug in old else [])

    return find


def _talks(names: list[str], conferences: Callable[[str, int | None], list[Conference]]) -> Finder:
    """Two queries: by slug, and by old slug."""
    slugs = {name.rpartition("/")[2].lower() for name in names}
    live = defaultdict(list)
    for talk in Talk.objects.with_addresses(slugs):
        live[talk.slug].append((talk.conference_id, talk))
    old = defaultdict(list)
    had: Any = Talk.objects.at_old_addresses(slugs)
    for talk in had:
        old[talk.old_slug].append((talk.old_conference, talk))

    def find(name: str, near: int | None) -> list[Talk]:
        place, slash, slug = name.lower().rpartition("/")
        within = {conference.pk for conference in conferences(place, near)} if slash else {near}
        for rows in (live[slug], old[slug]):
            here = [talk for conference, talk in rows if conference in within]
            anywhere = [] if slash else [talk for _conference, talk in rows]
            if here or anywhere:
                return here or anywhere
        return []

    return find


def _speakers(names: list[str]) -> Finder:
    """Two queries: by name, and by another spelling."""
    people = defaultdict(list)
    for key, speaker in Speaker.objects.by_keys({name_key(name) for name in names} - {""}):
        people[key].append(speaker)
    return lambda name, _near: people[name_key(name)]


def _tags(names: list[str]) -> Finder:
    """Two queries: by name, and by synonym."""
    tags = Tag.objects.find(names)
    return lambda name, _near: [tag] if (tag := tags.of(name)) else []
