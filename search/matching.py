"""Builds the conditions and the rank of a search, for texts in many languages at once.

Nobody says in which language they ask. So each term is searched as it is typed, without accents,
and as every language of the library stems it. A stop word of a language ("the", "die") is ignored
in texts of that language, and required in all others. Terms in scripts without spaces are searched
letter by letter. A tag with the term in its name matches, whatever the text says.
"""

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db import connection
from django.db.models import Case, F, Func, Q, Value, When

from search.topics import Topics
from search.words import Alternative, Question, Term

SIMPLE = "notes_simple"
# Of texts, conference, series and tags, speakers, title.
WEIGHTS = [0.1, 0.3, 0.9, 1.0]
# The languages of the library, by an index scan that jumps from one to the next, and which terms
# each of them does not count. Constant text, values as parameters.
_LANGUAGES = """
    WITH RECURSIVE present (name) AS (
        (SELECT configuration FROM search_searchdocument ORDER BY 1 LIMIT 1)
        UNION ALL
        SELECT (SELECT configuration FROM search_searchdocument
                WHERE configuration > present.name ORDER BY 1 LIMIT 1)
        FROM present WHERE present.name IS NOT NULL
    )
    SELECT name, ARRAY(
        SELECT term FROM unnest(%s::text[]) AS term
        WHERE numnode(websearch_to_tsquery(name::regconfig, term)) = 0
    )
    FROM present WHERE name IS NOT NULL
"""


@dataclass(frozen=True)
class Languages:
    """The text-search configurations in use, each with the query's stop words in it."""

    uncounted: dict[str, frozenset[str]]

    @classmethod
    def for_question(cls, question: Question) -> "Languages":
        """Return the library's languages with the query's stop words. One query."""
        with connection.cursor() as cursor:
            cursor.execute(_LANGUAGES, [[term.quoted for term in question.terms]])
            return cls({name: frozenset(terms) for name, terms in cursor.fetchall()})

    @property
    def names(self) -> list[str]:
        """All configurations, always with the one that does not stem."""
        return sorted({SIMPLE, *self.uncounted})

    def by_counted(self, terms: tuple[Term, ...]) -> dict[tuple[Term, ...], list[str]]:
        """Group the languages by the terms that are no stop words in them.

        If all terms are stop words in a language, all count: "The Who" is a useful query of titles.
        """
        found: dict[tuple[Term, ...], list[str]] = {}
        for name in self.names:
            uncounted = self.uncounted.get(name, frozenset())
            counted = tuple(term for term in terms if term.quoted not in uncounted)
            found.setdefault(counted or terms, []).append(name)
        return found


def matches(question: Question, languages: Languages, topics: Topics) -> Q:
    """Return the condition on search documents. The question must not be empty."""
    return reduce(or_, (_matches(one, languages, topics) for one in question.alternatives))


def relevance(question: Question, languages: Languages, topics: Topics) -> Any:
    """Return the rank of a document; title and speakers count most, long texts least.

    Each term counts at its best position: all terms in the title rank higher than all close
    together in a text.
    """
    words = [term for term in question.wanted if not term.is_unspaced]
    if not words:
        return Value(0.0)
    return SearchRank(
        _with_tags(words, topics),
        reduce(or_, (_in_any(term, languages.names) for term in words)),
        weights=WEIGHTS,
        normalization=Value(1),
    )


def _with_tags(words: list[Term], topics: Topics) -> Any:
    """Return the document's words, with the terms of its tags added at the weight of a
    conference.

    Tags on more than 10,000 documents are not looked up: they make no difference.
    """
    said = [
        Case(
            When(
                topics.tagged[term].condition(),
                then=Func(
                    Func(Value(SIMPLE), Value(term.text), function="to_tsvector"),
                    Value("C"),
                    function="setweight",
                ),
            ),
            default=Value(""),
            output_field=SearchVectorField(),
        )
        for term in words
        if term in topics.tagged and topics.tagged[term].are_listed
    ]
    if not said:
        return F("vector")
    return Func(
        F("vector"), *said, template="%(expressions)s", arg_joiner=" || ",
        output_field=SearchVectorField(),
    )  # fmt: skip


def _matches(alternative: Alternative, languages: Languages, topics: Topics) -> Q:
    letters = [topics.or_tagged(t, _has_letters(t)) for t in alternative.wanted if t.is_unspaced]
    no_letters = [~Q(trigrams__contains=_letters(t)) for t in alternative.unwanted if t.is_unspaced]
    no_tags = [topics.tagged[t].absence() for t in alternative.unwanted if t in topics.tagged]
    words = tuple(term for term in alternative.wanted if not term.is_unspaced)
    unwanted = tuple(term for term in alternative.unwanted if not term.is_unspaced)
    parts = [*letters, *no_letters, *no_tags]
    if words:
        parts.append(_has_words(words, unwanted, languages, topics))
    elif unwanted:
        parts.append(Q(vector=_in_none(unwanted, languages)))
    return reduce(and_, parts)


def _has_words(
    words: tuple[Term, ...], unwanted: tuple[Term, ...], languages: Languages, topics: Topics
) -> Q:
    groups = languages.by_counted(words)
    branches = []
    for counted, names in groups.items():
        condition = _has_counted(counted, {SIMPLE, *names}, topics)
        if unwanted:
            condition &= Q(vector=_in_none(unwanted, languages))
        branches.append(condition if len(groups) == 1 else Q(configuration__in=names) & condition)
    return reduce(or_, branches)


def _has_counted(terms: tuple[Term, ...], names: set[str], topics: Topics) -> Q:
    """Combine terms without tags into one index query; each other term may be a tag instead."""
    plain = [_in_any(term, names) for term in terms if term not in topics.tagged]
    parts = [Q(vector=reduce(and_, plain))] if plain else []
    parts += [
        topics.or_tagged(term, Q(vector=_in_any(term, names)))
        for term in terms
        if term in topics.tagged
    ]
    return reduce(and_, parts)


def _in_any(term: Term, names: Any) -> Any:
    return reduce(or_, (_asked(term, name) for name in sorted(names)))


def _in_none(terms: tuple[Term, ...], languages: Languages) -> Any:
    asked = (~_asked(term, name) for term in terms for name in languages.names)
    return reduce(and_, asked)


def _asked(term: Term, name: str) -> SearchQuery:
    if term.is_loose:
        return SearchQuery(term.text, config=name, search_type="plain")
    return SearchQuery(term.quoted, config=name, search_type="websearch")


def _has_letters(term: Term) -> Q:
    """Return the condition for a term in a script without spaces; it repeats the partial index's
    condition.
    """
    return ~Q(trigrams="") & Q(trigrams__contains=_letters(term))


def _letters(term: Term) -> str:
    return term.text.lower()
