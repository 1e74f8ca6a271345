"""All that the site derives from something else and keeps: each with what finds and mends it.

A new kept thing is entered here; a test alters each derived column and wants it found.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.kept.checking import mend_counts, wrong_counts
from foundation.models.claimed_twice import claimed_twice, release_claims
from foundation.models.derived_columns import mend_columns, wrong_columns
from recaps.rendered import mend_rendered, wrongly_rendered
from recaps.topics import mend_topics, wrong_topics
from search.making import otherwise_made
from search.rebuild import differing, missing_words, rebuild
from talks.tagging.days import mend_days, wrong_days


@dataclass(frozen=True)
class Derived:
    """Something kept: what it is called, what yields the wrong ones, and what puts them right."""

    name: Any
    wrong: Callable[[], Iterable[Any]]
    mend: Callable[[], Any]


def _search_documents() -> Iterator[str]:
    return (f"{kind.value} {pk}" for kind, pk in differing())


# In an order in which what is mended first is what the later ones are made from.
DERIVED = (
    Derived(_("keys, sort keys and letters of names"), wrong_columns, mend_columns),
    Derived(_("old addresses and synonyms of one owner"), claimed_twice, release_claims),
    Derived(_("recaps as rendered, mentions, follow-ups"), wrongly_rendered, mend_rendered),
    Derived(_("the day beside each tag"), wrong_days, mend_days),
    Derived(_("topics of recaps"), wrong_topics, mend_topics),
    Derived(_("counts"), wrong_counts, mend_counts),
    Derived(_("search documents"), _search_documents, rebuild),
    Derived(_("what search was made with"), otherwise_made, rebuild),
    Derived(_("words for right spellings"), missing_words, rebuild),
)
