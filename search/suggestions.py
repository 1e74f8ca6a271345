"""Suggestions while typing: the names in which a word begins with what stands in the search box.

Those of a kind stand in the order of how many talks are behind them, not of the alphabet. Accents
and capitals are folded as search folds them, and whoever types another name of a tag or a speaker
is offered the one that the library uses.
"""

import re
from itertools import chain
from typing import Any

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Lower

from conferences.models import Conference, Series
from foundation.text.names import name_key
from search.enums import DocumentKind
from search.models import SearchDocument
from speakers.models import Speaker
from talks.models import Tag, TagAlias

LEAST_LETTERS = 2
MOST_OF_A_KIND, MOST = 4, 8
# Among how many of the speakers with such a name those with the most talks are looked for.
MOST_LOOKED_AT = 1_000


def suggestions(text: str) -> list[str]:
    """Return at most eight names, each once: tags by use, speakers by talks, conferences, series.

    Four queries; none where the text is shorter than two letters.
    """
    key = name_key(text)
    if len(key) < LEAST_LETTERS:
        return []
    begins = _Beginning(key)
    kinds = (_tags(begins), _speakers(begins), _conferences(begins), _series(begins))
    names = chain.from_iterable(rows[:MOST_OF_A_KIND] for rows in kinds)
    return list(dict.fromkeys(names))[:MOST]


class _Beginning:
    """The condition that a word of a column begins with a text, both without accents."""

    def __init__(self, key: str) -> None:
        self.pattern = _unaccented(Value(f"(^|[^[:alnum:]]){re.escape(key)}"))

    def of(self, column: Any) -> Q:
        return Q(_Matches(_unaccented(column), self.pattern))

    def of_folded(self, column: str) -> Q:
        """Of a column that holds its text without accents too, and has an index by letters."""
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
