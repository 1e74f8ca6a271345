"""Resolves speakers' names in an event's records to persons.

A person is one row over all conferences: a name means the person with that name or other name, if
there is exactly one. Among several namesakes it means the one who is credited on the same talk
already, else the one who speaks at the same conference. Otherwise a new person is created and
reported.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from exchange.library.batch import Batch
from foundation.models.one_owner import taken_slugs
from foundation.text.names import name_key
from foundation.text.slugs import slug_of, unique_slug
from speakers.models import Speaker, SpeakerAlias

_FALLBACK = "speaker"
# Short enough that a counted address ('…-2') begins with it too.
_STEM_LENGTH = 110


@dataclass(frozen=True)
class Credit:
    """A person and the record's spelling of the name."""

    person: Speaker
    spelling: str

    @property
    def credited_as(self) -> str:
        """The spelling, if it differs from the person's name."""
        return "" if self.spelling == self.person.name else self.spelling


class People:
    """The persons behind names, existing and new ones. Three queries, five if some are new."""

    def __init__(self, names: Iterable[str], conference_id: int | None) -> None:
        keys = {name_key(name) for name in names}
        self._known: dict[str, dict[int, Speaker]] = defaultdict(dict)
        self._new: dict[str, Speaker] = {}
        for person in Speaker.objects.filter(key__in=keys):
            self._known[person.key][person.pk] = person
        aliases = SpeakerAlias.objects.filter(key__in=keys).select_related("speaker")
        for alias in aliases:
            self._known[alias.key][alias.speaker_id] = alias.speaker
        self._here = self._speaking_at(conference_id)

    def meant_by(self, name: str, credited: Collection[int] = ()) -> Speaker:
        """Return the person with this name; if there is none, always the same unsaved one.

        `credited` are the ids of persons whom the talk credits already.
        """
        key = name_key(name)
        namesakes = self._known.get(key, {})
        for ids in (set(namesakes), set(namesakes) & set(credited), set(namesakes) & self._here):
            if len(ids) == 1:
                return namesakes[ids.pop()]
        return self._new.setdefault(key, Speaker(name=name))

    def all_meant_by(self, names: Iterable[str], credited: Collection[int] = ()) -> list[Credit]:
        """Return the persons for a talk's names, each once, in their order."""
        meant: list[Credit] = []
        for name in names:
            person = self.meant_by(name, credited)
            if all(person != credit.person for credit in meant):
                meant.append(Credit(person, name))
        return meant

    def add_new(self, people: Iterable[Speaker], batch: Batch) -> list[str]:
        """Add the new ones of these persons to the batch, each with a slug.

        Returns the names of those that were created because several namesakes exist.
        """
        new = list({id(person): person for person in people if person.pk is None}.values())
        taken = _taken_addresses(new)
        for person in new:
            person.slug = unique_slug(person.name, taken=taken, fallback=_FALLBACK)
            taken.add(person.slug)
            batch.add(person)
        return [person.name for person in new if name_key(person.name) in self._known]

    def _speaking_at(self, conference_id: int | None) -> set[int]:
        """Return the ids of the namesakes who speak at the conference; no query if
        there are none.
        """
        ids = {pk for people in self._known.values() if len(people) > 1 for pk in people}
        if not ids or conference_id is None:
            return set()
        here = Speaker.objects.filter(pk__in=ids, talks__conference=conference_id)
        return set(here.values_list("pk", flat=True))


def _taken_addresses(people: list[Speaker]) -> set[str]:
    """Return the slugs, old ones too, that begin like those of the new persons."""
    if not people:
        return set()
    wanted = Counter(slug_of(person.name, fallback=_FALLBACK) for person in people)
    taken = taken_slugs(Speaker, Q(slug__in=wanted))
    stems = {slug[:_STEM_LENGTH] for slug, times in wanted.items() if slug in taken or times > 1}
    if not stems:
        return taken
    alike = reduce(or_, (Q(slug__startswith=stem) for stem in sorted(stems)))
    return taken | taken_slugs(Speaker, alike)
