"""Tags in a search: which tags a term names, and the condition that a document has them.

Documents do not contain their tags, so that tagging talks in bulk writes no document: a search
looks up the tags, then the talks and recaps that have them. Their ids are passed to the database as
one constant list, so that the planner can use an index or a hash; if there are too many, a subquery
checks each document instead.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, Value

from recaps.models import TaggedRecap
from search.words import Question, Term
from talks.models import TaggedTalk


def listed(ids: Iterable[int]) -> str:
    """Return the ids as a PostgreSQL array literal."""
    return "{" + ",".join(map(str, ids)) + "}"


def among(column: str, ids: Iterable[int]) -> Q:
    """Return the condition that the column is one of the ids.

    Django's own `__in` makes a parameter of each, which the planner would handle one by one.
    """
    return Q(_Among(F(column), Value(listed(ids))))


class _Among(Func):
    """Whether an id is in a list."""

    template = "(%(expressions)s::bigint[]))"
    arg_joiner = " = ANY ("
    output_field: Any = BooleanField()


MOST_LISTED = 10_000
# A word is looked for as in documents; in a script without spaces, letter by letter.
_MEANT = """
    SELECT asked.text, array_agg(DISTINCT tag.id)
    FROM unnest(%(words)s::text[]) AS asked (text)
    CROSS JOIN LATERAL (
        SELECT websearch_to_tsquery('notes_simple', '"' || asked.text || '"')
            || websearch_to_tsquery('notes_english', '"' || asked.text || '"') AS query
    ) AS term
    CROSS JOIN LATERAL (
        SELECT id FROM talks_tag WHERE search_tag_vector(name) @@ term.query
        UNION ALL
        SELECT tag_id FROM talks_tagalias WHERE search_tag_vector(name) @@ term.query
    ) AS tag
    GROUP BY asked.text
    UNION ALL
    SELECT asked.text, array_agg(DISTINCT tag.id)
    FROM unnest(%(letters)s::text[]) AS asked (text)
    JOIN (
        SELECT id, name FROM talks_tag UNION ALL SELECT tag_id, name FROM talks_tagalias
    ) AS tag ON strpos(lower(tag.name), lower(asked.text)) > 0
    GROUP BY asked.text
"""
_TAGGED = """
    SELECT
        ARRAY(SELECT content_object_id FROM talks_taggedtalk
              WHERE tag_id = ANY (asked.tags::bigint[]) LIMIT %(most)s + 1),
        ARRAY(SELECT content_object_id FROM recaps_taggedrecap
              WHERE tag_id = ANY (asked.tags::bigint[]) LIMIT %(most)s + 1)
    FROM unnest(%(tags)s::text[]) WITH ORDINALITY AS asked (tags, number) ORDER BY number
"""
_COUNTS = """
    SELECT tag_id, count(*) FROM unnest(%s::bigint[]) AS matched (id)
    JOIN talks_taggedtalk ON content_object_id = matched.id GROUP BY tag_id
    UNION ALL
    SELECT tag_id, count(*) FROM unnest(%s::bigint[]) AS matched (id)
    JOIN recaps_taggedrecap ON content_object_id = matched.id GROUP BY tag_id
"""


@dataclass(frozen=True)
class Tagged:
    """The ids of the talks, and of the recaps of conferences, with any of some tags.

    Either may be cut off after 10,000. A recap of a talk has the talk's tags.
    """

    tags: Sequence[int]
    talks: Sequence[int]
    recaps: Sequence[int]

    def __bool__(self) -> bool:
        return bool(self.talks or self.recaps)

    @property
    def are_listed(self) -> bool:
        """Whether there are few enough ids to list."""
        return max(len(self.talks), len(self.recaps)) <= MOST_LISTED

    def condition(self) -> Q:
        """Return the condition that a document is one of them."""
        return self._has("talk", self.talks) | (
            Q(talk__isnull=True) & self._has("recap", self.recaps)
        )

    def absence(self) -> Q:
        """Return the condition that a document is none of them; true for documents of speakers."""
        return (Q(talk__isnull=True) | ~self._has("talk", self.talks)) & (
            Q(talk__isnull=False) | Q(recap__isnull=True) | ~self._has("recap", self.recaps)
        )

    def _has(self, link: str, ids: Sequence[int]) -> Q:
        if len(ids) <= MOST_LISTED:
            return among(f"{link}_id", ids)
        through: Any = TaggedTalk if link == "talk" else TaggedRecap
        rows = through.objects.filter(content_object=OuterRef(f"{link}_id"))
        return Q(Exists(rows.filter(among("tag_id", self.tags))))


@dataclass(frozen=True)
class Topics:
    """The tagged talks and recaps for each term of a query; a term may name no tag."""

    tagged: dict[Term, Tagged]

    @classmethod
    def for_question(cls, question: Question) -> "Topics":
        """Look up the tags that the terms name, and what has them. At most two queries."""
        meant = _meant(question.terms) if question else {}
        tagged = zip(meant, tagged_with(meant.values()), strict=True)
        return cls({term: those for term, those in tagged if those})

    def meant_by(self, terms: Iterable[Term]) -> set[int]:
        """Return the ids of the tags that any of the terms name."""
        return {tag for term in terms if term in self.tagged for tag in self.tagged[term].tags}

    def or_tagged(self, term: Term, condition: Q) -> Q:
        """Return the condition, or that a document has a tag that the term names.

        Tags come first: looking them up is faster than reading a text.
        """
        return self.tagged[term].condition() | condition if term in self.tagged else condition


def tagged_with(groups: Iterable[Iterable[int]]) -> list[Tagged]:
    """Return the talks and recaps with any tag of each group, in the groups' order.

    One query, and none without groups.
    """
    tags = [list(group) for group in groups]
    if not tags:
        return []
    values = {"tags": [listed(group) for group in tags], "most": MOST_LISTED}
    return [Tagged(group, *row) for group, row in zip(tags, _rows(_TAGGED, values), strict=True)]


def tag_counts(talks: Iterable[int], recaps: Iterable[int]) -> Counter[int]:
    """Count how many of the talks and recaps have each tag. One query."""
    counts: Counter[int] = Counter()
    for tag, number in _rows(_COUNTS, [listed(talks), listed(recaps)]):
        counts[tag] += number
    return counts


def _meant(terms: Iterable[Term]) -> dict[Term, list[int]]:
    """Return the tags with the term in their name or a synonym; terms without tags are missing."""
    by_text = {term.text: term for term in terms}
    values = {
        "words": [text for text, term in by_text.items() if not term.is_unspaced],
        "letters": [text for text, term in by_text.items() if term.is_unspaced],
    }
    return {by_text[text]: ids for text, ids in _rows(_MEANT, values)}


def _rows(sql: str, values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
