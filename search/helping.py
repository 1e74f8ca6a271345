"""What helps where nothing was found: right spellings, names and tags that come near."""

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Q

from search.asking import Search
from search.enums import DocumentKind
from search.finding import Found, documents_of
from search.matching import Languages
from search.models import SearchDocument
from search.spelling import respelled
from talks.models import Tag

MOST_SPEAKERS, MOST_TAGS = 5, 8
LEAST_LIKE = 0.3
# Of the trigrams of what was typed, how many a part of the name must have.
LEAST_LIKE_A_NAME = 0.45


@dataclass(frozen=True)
class Help:
    """Ways on from a search that found nothing."""

    spelled: Search | None
    speakers: list[SearchDocument]
    tags: list[Tag]
    unfiltered: Search | None


def help_for(found: Found) -> Help:
    """Return what may help. At most five queries, and two more where a word looks misspelt."""
    search = found.search
    bare = Search(search.query)
    is_filtered = bool(search.wanted or search.unwanted) and bool(search.question)
    finds = is_filtered and documents_of(bare, found.languages).exists()
    return Help(
        spelled=_spelled(search, found.languages),
        speakers=_speakers_like(search.query) if search.query else [],
        tags=_tags_like(search.query) if search.query else [],
        unfiltered=bare if finds else None,
    )


def _spelled(search: Search, languages: Languages) -> Search | None:
    """Return the search in the nearest right spelling, where that finds something."""
    query = respelled(search.query, search.question)
    better = search.with_query(query)
    return better if query and documents_of(better, languages).exists() else None


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
    tags = Tag.objects.in_use().annotate(like=like).filter(like__gte=LEAST_LIKE)
    return list(tags.order_by("-like", "key")[:MOST_TAGS])
