"""Autocomplete of names, and suggestions for searches without results: spellings, similar names and
tags.

Autocomplete offers names in which a word begins with the typed text. Names of a kind are ordered by
their number of talks, not alphabetically. Accents and case are folded as in search, and for another
name of a tag or a speaker the main name is offered.
"""

import re
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Lower

from conferences.models import Conference, Series
from foundation.text.names import name_key, sort_key
from search.enums import DocumentKind
from search.matching import Languages
from search.models import SearchDocument, SearchWord
from search.query import Search
from search.results import Found, documents_of
from search.topics import Topics
from search.words import Question
from speakers.models import Speaker
from talks.models import Tag, TagAlias

LEAST_LETTERS = 2
MOST_OF_A_KIND, MOST = 4, 8
# Among how many of the speakers with such a name those with the most talks are looked for.
MOST_LOOKED_AT = 1_000
# What is offered where nothing was found.
MOST_SPEAKERS, MOST_TAGS = 5, 8
LEAST_LIKE_A_TAG = 0.3
# Of the trigrams of what was typed, how many a part of the name must have.
LEAST_LIKE_A_NAME = 0.45
SHORTEST_RESPELLED = 4
CANDIDATES = 40
# Of trigrams: two letters swapped in a word of six leave a quarter of them.
LEAST_LIKE_A_WORD = 0.2


def suggestions(text: str) -> list[str]:
    """Return at most eight names, each once: tags by use, speakers by talks,
    conferences, series.

    Four queries; none for a text shorter than two letters.
    """
    key = name_key(text)
    if len(key) < LEAST_LETTERS:
        return []
    begins = _Beginning(key)
    kinds = (_tags(begins), _speakers(begins), _conferences(begins), _series(begins))
    names = chain.from_iterable(rows[:MOST_OF_A_KIND] for rows in kinds)
    return list(dict.fromkeys(names))[:MOST]


class _Beginning:
    """Condition: a word of a column begins with a text, ignoring accents."""

    def __init__(self, key: str) -> None:
        self.pattern = _unaccented(Value(f"(^|[^[:alnum:]]){re.escape(key)}"))

    def of(self, column: Any) -> Q:
        return Q(_Matches(_unaccented(column), self.pattern))

    def of_folded(self, column: str) -> Q:
        """For a column with an unaccented copy and a trigram index."""
        return Q(_Matches(F(column), self.pattern))


class _Matches(Func):
    """Whether a text matches a regular expression."""

    arg_joiner = " ~ "
    template = "(%(expressions)s)"
    output_field: Any = BooleanField()


def _unaccented(text: Any) -> Func:
    return Func(text, function="unaccent", output_field=TextField())


def _tags(begins: _Beginning) -> QuerySet[Any]:
    synonym = TagAlias.objects.filter(begins.of("key"), tag=OuterRef("pk"))
    named = Tag.objects.known_to_readers().filter(begins.of("key") | Q(Exists(synonym)))
    return named.order_by("-talk_count", "key").values_list("name", flat=True)


def _speakers(begins: _Beginning) -> QuerySet[Any]:
    named = SearchDocument.objects.visible().filter(kind=DocumentKind.SPEAKER)
    named = named.filter(~Q(trigrams=""), begins.of_folded("trigrams"))
    people: Any = Speaker.objects.filter(pk__in=named.values("speaker")[:MOST_LOOKED_AT])
    in_order = people.with_talk_counts().order_by("-talk_count", "sort_key", "id")
    return in_order.values_list("name", flat=True)


def _conferences(begins: _Beginning) -> QuerySet[Any]:
    named = Conference.objects.filter(begins.of(Lower("title")))
    return named.newest_first().values_list("title", flat=True)


def _series(begins: _Beginning) -> QuerySet[Any]:
    named: Any = Series.objects.with_editions().filter(begins.of(Lower("title")))
    return named.order_by("-edition_count", "title").values_list("title", flat=True)


@dataclass(frozen=True)
class Help:
    """Suggestions for a search without results."""

    spelled: Search | None
    some_words: Search | None
    speakers: list[SearchDocument]
    tags: list[Tag]
    unfiltered: Search | None

    @property
    def instead(self) -> Search | None:
        """The search whose results are shown instead."""
        return self.spelled or self.some_words


def help_for(found: Found) -> Help:
    """Return the suggestions. At most thirteen queries, and two for each misspelt word.

    Needs a transaction.
    """
    search = found.search
    bare = Search(search.query)
    is_filtered = bool(search.wanted or search.unwanted) and bool(search.question)
    finds = is_filtered and _any(bare, found.languages, found.topics)
    better = search.with_query(respelled(search.query, search.question))
    is_better = bool(better.query) and _finds(better)
    return Help(
        spelled=better if is_better else None,
        some_words=None if is_better or finds else _some_words(better if better.query else search),
        speakers=_speakers_like(search.query) if search.query else [],
        tags=_tags_like(search.query) if search.query else [],
        unfiltered=bare if finds else None,
    )


def _some_words(search: Search) -> Search | None:
    """Return the search for any of the words, if it has results."""
    terms = search.question.wanted
    if len(terms) < 2 or len(search.question.alternatives) > 1:
        return None
    texts = (term.quoted if " " in term.text else term.text for term in terms)
    some = search.with_query(" or ".join(texts))
    return some if _finds(some) else None


def _finds(search: Search) -> bool:
    question = search.question
    languages, topics = Languages.for_question(question), Topics.for_question(question)
    return _any(search, languages, topics)


def _any(search: Search, languages: Languages, topics: Topics) -> bool:
    documents, _is_cut = documents_of(search, languages, topics)
    return documents.exists()


def _speakers_like(text: str) -> list[SearchDocument]:
    """Return the speakers with the most similar names, to tolerate typing errors."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = %s", [LEAST_LIKE_A_NAME])
    like = TrigramSimilarity("title", text)
    speakers = SearchDocument.objects.visible().filter(kind=DocumentKind.SPEAKER)
    near = speakers.filter(~Q(trigrams=""), trigrams__trigram_word_similar=text.lower())
    return list(
        near.select_related("speaker").annotate(like=like).order_by("-like", "id")[:MOST_SPEAKERS]
    )


def _tags_like(text: str) -> list[Tag]:
    like = TrigramSimilarity("key", text.lower())
    tags = Tag.objects.known_to_readers().annotate(like=like).filter(like__gte=LEAST_LIKE_A_TAG)
    return list(tags.order_by("-like", "key")[:MOST_TAGS])


def respelled(query: str, question: Question) -> str:
    """Return the query with each unknown word replaced by the most similar known one.

    '' if every word is known, or none is similar. One query, and two for each unknown word. Needs a
    transaction.
    """
    words = [term.text for term in question.wanted if term.text.isalpha()]
    known = set(
        SearchWord.objects.filter(word__in=[sort_key(word) for word in words]).values_list(
            "word", flat=True
        )
    )
    better = query
    for word in words:
        if (
            len(word) >= SHORTEST_RESPELLED
            and sort_key(word) not in known
            and (near := _nearest(word))
        ):
            better = re.sub(rf"\b{re.escape(word)}\b", near, better)
    return better if better != query else ""


def _nearest(word: str) -> str:
    """Return the known word with the smallest edit distance, among equals the most used; '' for
    none.
    """
    wanted = sort_key(word)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.similarity_threshold = %s", [LEAST_LIKE_A_WORD])
    like = TrigramSimilarity("word", wanted)
    rows = SearchWord.objects.filter(word__trigram_similar=wanted).annotate(like=like)
    candidates = rows.order_by("-like", "-documents")[:CANDIDATES]
    allowed = 1 if len(wanted) <= SHORTEST_RESPELLED else 2
    slips = [(slips_between(wanted, row.word), -row.documents, row.word) for row in candidates]
    number, _documents, nearest = min(slips, default=(allowed + 1, 0, ""))
    return nearest if number <= allowed else ""


def slips_between(one: str, other: str) -> int:
    """Return the edit distance: letters added, left out, changed, or swapped with their
    neighbour.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, sign in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != sign))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == sign:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
