"""The things behind a page of search documents, loaded as their lines show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from conferences.models import Conference, Series
from recaps.models import Recap
from search.enums import DocumentKind
from search.highlighting import Marked, marked
from search.models import SearchDocument
from search.results import Found
from speakers.models import Speaker
from talks.models import Tag, Talk


@dataclass(frozen=True)
class Hit:
    """One thing that was found, with the words marked in its title and text.

    `tags` are those of its tags that a word of the question means.
    """

    kind: str
    thing: Any
    marked: Marked
    tags: list[Tag]


def hits_of(found: Found) -> list[Hit]:
    """Return the found page's things in its order. At most ten queries.

    What was deleted or hidden since a moment ago is left out.
    """
    documents = found.page.rows
    pieces = marked((d.pk for d in documents), found.search.question, found.languages)
    things = {kind: _things(kind, documents) for kind in {d.kind for d in documents}}
    meant = found.topics.meant_by(found.search.question.wanted)
    return [
        Hit(d.kind, thing, pieces[d.pk], _tags(thing, meant))
        for d in documents
        if (thing := things[d.kind].get(_key(d))) and d.pk in pieces
    ]


def _tags(thing: Any, meant: set[int]) -> list[Tag]:
    """Return which of its tags are meant; only talks and recaps have any."""
    return [tag for tag in getattr(thing, "shown_tags", ()) if tag.pk in meant]


def _key(document: SearchDocument) -> int:
    key: int = getattr(document, f"{document.kind}_id")
    return key


def _things(kind: str, documents: Iterable[SearchDocument]) -> dict[int, Any]:
    keys = [_key(document) for document in documents if document.kind == kind]
    loaders: dict[str, Any] = {
        DocumentKind.TALK: Talk.objects.for_cards().with_recap_counts(),
        DocumentKind.RECAP: Recap.objects.published().for_cards(),
        DocumentKind.SPEAKER: Speaker.objects.with_talk_counts(),
        DocumentKind.CONFERENCE: Conference.objects.for_lists(),
        DocumentKind.SERIES: Series.objects.all(),
    }
    return dict(loaders[kind].in_bulk(keys))
