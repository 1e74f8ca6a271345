"""Search of the admin's lists and autocomplete: every word must occur in one of the columns,
folded.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import get_fields_from_path, lookup_spawns_duplicates
from django.db.models import Q, QuerySet, Value
from django.utils.text import smart_split, unescape_string_literal

from foundation.models.fields import LineField, ProseField, WebAddressField
from foundation.models.folding import Folded

LONGEST_SEARCH = 200
_SHORTEST_INDEXED = 3  # letters: an index of trigrams


def rows_with_words(rows: QuerySet[Any], columns: Iterable[str], text: str) -> QuerySet[Any]:
    """Return the rows that contain every word, each row once; a quoted phrase is one word."""
    names = list(columns)
    for word in smart_split(text[:LONGEST_SEARCH]) if names else ():
        plain = unescape_string_literal(word) if word[0] == word[-1] in "\"'" else word
        rows = rows.filter(_with_word(rows.model, names, plain))
    return rows


def _with_word(model: Any, columns: list[str], word: str) -> Q:
    """Return the condition that one of the columns contains the word.

    Long words use each column's own index. Shorter ones occur in so many rows that the first
    matches are found without it.
    """
    found: list[Any] = [found_in(model, column, word) for column in columns]
    if len(found) == 1 or len(word) < _SHORTEST_INDEXED:
        return Q.create(found, connector=Q.OR)
    rows = [model._base_manager.filter(one).order_by().values("pk") for one in found]
    return Q(pk__in=rows[0].union(*rows[1:]))


def found_in(model: Any, column: str, word: str) -> Q:
    """Return the condition on one column. Names and texts are folded, codes are not.

    Columns of other tables are searched in a subquery: a join would repeat rows and compare each
    row with every other.
    """
    lookup: dict[str, Any] = {f"{column}__icontains": word}
    if _is_text(get_fields_from_path(model, column)[-1]):
        lookup = {f"{column}__folded__contains": Folded(Value(word))}
    if not lookup_spawns_duplicates(model._meta, column):
        return Q(**lookup)
    return Q(pk__in=model._base_manager.filter(**lookup).order_by().values("pk"))


def _is_text(field: Any) -> bool:
    is_written = isinstance(field, (LineField, ProseField))
    return is_written and not isinstance(field, WebAddressField)
