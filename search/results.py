"""Runs a search: matching documents, counted, in order, one page at a time.

Up to 10,000 matches are all fetched, without their texts: every number is exact, and the best come
first. Beyond that a search is too wide to rank; the newest come first, and the counts of facets are
estimated from every fifth of 10,000 matches. So ids are fetched first, and expensive parts, ranks
and columns, only for as many documents as will be used. For a phrase at most 5,000 texts with its
words are read, since an index does not know positions.
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
    """A matching document without its text."""

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
    """The result of a search.

    `matches` are all of them, or if `is_sampled` a sample of 10,000, each for `SAMPLED`. `is_cut`
    means that more texts contain the words of a phrase than were read.
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
        """Whether the counts cover all matches."""
        return not (self.is_sampled or self.is_cut)

    @property
    def number(self) -> int:
        """The number of matches; a lower bound if it is not exact."""
        return MOST_COUNTED if self.is_sampled else len(self.matches)

    @property
    def most_read(self) -> int:
        """The number of texts in which a phrase is looked for."""
        return MOST_READ

    def of_all(self, number: int) -> int:
        """Scale a count in the sample to all matches."""
        return number * SAMPLED if self.is_sampled else number


def find(search: Search, request: HttpRequest) -> Found:
    """Return the result of a search, with the page that the request names.

    Seven queries, one more for phrases, one for each chosen facet of speakers, series or
    conferences, two for tags. Raises Http404 for an invalid cursor. The search must not be empty.
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
    """Load the matches with these ids, unordered. At most one query."""
    documents = SearchDocument.objects.filter(among("pk", keys)).annotate(rank=rank)
    return [Match(*row) for row in documents.values_list(*Match._fields)] if keys else []


def _place(match: Match) -> tuple[float, int, int]:
    """Return the sort key: best first, among equals newest first."""
    return (-match.rank, -match.sort_date.toordinal(), -match.pk)


def documents_of(
    search: Search, languages: Languages, topics: Topics
) -> tuple[SearchDocumentQuerySet, bool]:
    """Return the matching documents, unordered, and whether there may be more.

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
    """Return the page after the document that the request names."""
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
    """Return the index after the document of `?after=…`; 404 if that is not among the results."""
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
    """One result, with highlighted title and text.

    `tags` are its tags that match a word of the query.
    """

    kind: str
    thing: Any
    marked: Marked
    tags: list[Tag]


def hits_of(found: Found) -> list[Hit]:
    """Return the page's results in order. At most ten queries.

    Objects that were deleted or hidden in the meantime are left out.
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
    """Return its tags that match the query; only talks and recaps have any."""
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
