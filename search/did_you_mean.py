"""What helps where nothing was found: right spellings, names and tags that come near."""

import re
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Q

from foundation.text.names import sort_key
from search.enums import DocumentKind
from search.matching import Languages
from search.models import SearchDocument, SearchWord
from search.query import Search
from search.results import Found, documents_of
from search.topics import Topics
from search.words import Question
from talks.models import Tag

MOST_SPEAKERS, MOST_TAGS = 5, 8
LEAST_LIKE = 0.3
# Of the trigrams of what was typed, how many a part of the name must have.
LEAST_LIKE_A_NAME = 0.45


@dataclass(frozen=True)
class Help:
    """Ways on from a search that found nothing."""

    spelled: Search | None
    some_words: Search | None
    speakers: list[SearchDocument]
    tags: list[Tag]
    unfiltered: Search | None

    @property
    def instead(self) -> Search | None:
        """The search whose results are shown in place of none."""
        return self.spelled or self.some_words


def help_for(found: Found) -> Help:
    """Return what may help. At most thirteen queries, and two for each word that looks misspelt.

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
    """Return the search for any of the words, where that finds something."""
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
    """Return the speakers whose names come nearest, for names with slips of the keyboard."""
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
    tags = Tag.objects.known_to_readers().annotate(like=like).filter(like__gte=LEAST_LIKE)
    return list(tags.order_by("-like", "key")[:MOST_TAGS])


LEAST_LETTERS = 4
CANDIDATES = 40
# Of trigrams: two letters swapped in a word of six leave a quarter of them.
LEAST_LIKE = 0.2


def respelled(query: str, question: Question) -> str:
    """Return the query with each word that the library does not have replaced by the nearest.

    '' where every word is known, or nothing is near. One query, and two for each unknown word.
    Needs a transaction.
    """
    words = [term.text for term in question.wanted if term.text.isalpha()]
    known = set(
        SearchWord.objects.filter(word__in=[sort_key(word) for word in words]).values_list(
            "word", flat=True
        )
    )
    better = query
    for word in words:
        if len(word) >= LEAST_LETTERS and sort_key(word) not in known and (near := _nearest(word)):
            better = re.sub(rf"\b{re.escape(word)}\b", near, better)
    return better if better != query else ""


def _nearest(word: str) -> str:
    """Return the word fewest slips of the keyboard away, of equals the most used; '' for none."""
    wanted = sort_key(word)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.similarity_threshold = %s", [LEAST_LIKE])
    like = TrigramSimilarity("word", wanted)
    rows = SearchWord.objects.filter(word__trigram_similar=wanted).annotate(like=like)
    candidates = rows.order_by("-like", "-documents")[:CANDIDATES]
    allowed = 1 if len(wanted) <= LEAST_LETTERS else 2
    slips = [(slips_between(wanted, row.word), -row.documents, row.word) for row in candidates]
    number, _documents, nearest = min(slips, default=(allowed + 1, 0, ""))
    return nearest if number <= allowed else ""


def slips_between(one: str, other: str) -> int:
    """Return how many letters were added, left out, changed, or swapped with their neighbour."""
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
