"""Finding: the documents that answer a search, counted, in order, a page of them at a time.

Up to 10,000 matches are all fetched, without their texts: every number is exact, and the best come
first. Beyond that a search is too wide to rank; the newest come first, and the numbers beside
the filters are estimated from every fifth of 10,000 matches. So ids are fetched first, and what
costs more than finding, ranks and columns, is only asked of as many documents as will be used. For
a phrase 5,000 texts with its words are read at most: an index does not know where words stand.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Value
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from conferences.models import Conference, Series
from foundation.pages.paging import Page, page_of
from recaps.models import Recap
from search.enums import DocumentKind
from search.facets import YEAR
from search.highlighting import Marked, marked
from search.matching import Languages, matches, relevance
from search.models import SearchDocument, SearchDocumentQuerySet
from search.query import Search
from search.topics import Topics, among
from speakers.models import Speaker
from talks.models import Tag, Talk

MOST_COUNTED = 10_000
# Where there are more, one of so many is looked at, and stands for all of them.
SAMPLED = 5
# In how many texts a phrase is looked for.
MOST_READ = 5_000
PAGE_SIZE = 20


class Match(NamedTuple):
    """What is known of a matching document without reading its text."""

    pk: int
    rank: float
    sort_date: dt.date
    kind: str
    year: int | None
    talk_id: int | None
    recap_id: int | None
    speaker_ids: list[int]
    series_id: int | None
    conference_id: int | None
    language: str
    has_recap: bool
    has_recording: bool


@dataclass(frozen=True)
class Found:
    """What a search found.

    `matches` are all of them, or where it `is_sampled` a sample of 10,000, each for `SAMPLED`. It
    `is_cut` where more texts have the words of a phrase than were read.
    """

    search: Search
    languages: Languages
    topics: Topics
    matches: list[Match]
    page: Page[SearchDocument]
    is_sampled: bool = field(default=False, kw_only=True)
    is_cut: bool = field(default=False, kw_only=True)

    @property
    def is_exact(self) -> bool:
        """Whether the numbers are those of all matches."""
        return not (self.is_sampled or self.is_cut)

    @property
    def number(self) -> int:
        """How many matches there are; at least so many where it is not exact."""
        return MOST_COUNTED if self.is_sampled else len(self.matches)

    @property
    def most_read(self) -> int:
        """In how many texts a phrase is looked for."""
        return MOST_READ

    def of_all(self, number: int) -> int:
        """Return how many that many of the matches stand for."""
        return number * SAMPLED if self.is_sampled else number


def find(search: Search, request: HttpRequest) -> Found:
    """Return what the search finds, and of it the page that the request names.

    Seven queries, one more for phrases, one for each chosen facet of speakers, series or
    conferences, two for tags. Raises Http404 for a cursor that is none. There must be something to
    search for.
    """
    question = search.question
    languages = Languages.for_question(question)
    topics = Topics.for_question(question)
    documents, is_cut = documents_of(search, languages, topics)
    keys = list(documents.values_list("pk", flat=True)[: MOST_COUNTED + 1])
    if len(keys) > MOST_COUNTED:
        page = _page_by_date(documents, search, request)
        sample = _matches(keys[:MOST_COUNTED:SAMPLED], rank=Value(0.0))
        return Found(search, languages, topics, sample, page, is_sampled=True)
    rank = relevance(question, languages, topics) if question else Value(0.0)
    found = sorted(_matches(keys, rank=rank), key=_place)
    page = _page_by_rank(found, search, request)
    return Found(search, languages, topics, found, page, is_cut=is_cut)


def _matches(keys: list[int], *, rank: Any) -> list[Match]:
    """Return what is known of the documents with these ids, in no order. At most one query."""
    documents = SearchDocument.objects.filter(among("pk", keys)).annotate(rank=rank)
    return [Match(*row) for row in documents.values_list(*Match._fields)] if keys else []


def _place(match: Match) -> tuple[float, int, int]:
    """Return where it stands: the best come first, of equals the newest."""
    return (-match.rank, -match.sort_date.toordinal(), -match.pk)


def documents_of(
    search: Search, languages: Languages, topics: Topics
) -> tuple[SearchDocumentQuerySet, bool]:
    """Return the documents that answer the search, in no order, and whether there may be more.

    One query where it asks for a phrase, which is looked for in `MOST_READ` texts at most.
    """
    question = search.question
    documents = SearchDocument.objects.visible().filter(search.condition())
    if not question:
        return documents, False
    answers = documents.filter(matches(question, languages, topics))
    if not question.has_phrases:
        return answers, False
    loosely = documents.filter(matches(question.loosened(), languages, topics))
    keys = list(loosely.values_list("pk", flat=True)[: MOST_READ + 1])
    return answers.filter(among("pk", keys[:MOST_READ])), len(keys) > MOST_READ


def _page_by_date(
    documents: SearchDocumentQuerySet, search: Search, request: HttpRequest
) -> Page[SearchDocument]:
    # The list is read by day, so it begins with the years that are asked for.
    years = search.wanted.get(YEAR.parameter)
    documents = documents.filter(YEAR.days(years)) if years else documents
    return page_of(
        documents.defer("vector", "trigrams"),
        request,
        order=("-sort_date", "-id"),
        size=PAGE_SIZE,
        keep=list(dict.fromkeys(name for name, _value in search.parameters)),
    )


def _page_by_rank(found: list[Match], search: Search, request: HttpRequest) -> Page[SearchDocument]:
    """Cut a page out of what was found, starting after the document that the request names."""
    keys = [match.pk for match in found]
    start = _start(keys, request)
    shown = keys[start : start + PAGE_SIZE]
    documents = SearchDocument.objects.defer("vector", "trigrams").in_bulk(shown)
    before = keys[start - PAGE_SIZE - 1] if start > PAGE_SIZE else None
    return Page(
        rows=[documents[key] for key in shown if key in documents],
        newer_url=_address(search, before) if start else "",
        older_url=_address(search, shown[-1]) if start + PAGE_SIZE < len(keys) else "",
    )


def _start(keys: list[int], request: HttpRequest) -> int:
    """Return the place after the document of `?after=…`; it is one of those found, or a 404."""
    named = request.GET.getlist("after")
    if not named and "before" not in request.GET:
        return 0
    places = {str(key): place + 1 for place, key in enumerate(keys)}
    if len(named) != 1 or named[0] not in places:
        raise Http404(_("This page of the list does not exist."))
    return places[named[0]]


def _address(search: Search, after: int | None) -> str:
    if after is None:
        return search.url
    return f"{search.url}{'&' if '?' in search.url else '?'}after={after}"


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
