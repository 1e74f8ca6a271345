"""The nearest right spelling of what was asked, from the words of the library."""

import re

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection

from foundation.text.names import sort_key
from search.models import SearchWord
from search.words import Question

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
