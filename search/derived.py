"""Registers the derived data of search: documents, what they were built with, known words. One
rebuild repairs all.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.kept.registry import DerivedData, register
from foundation.logs.progress import Progress
from search.rebuild import (
    OtherMaking,
    differing,
    missing_words,
    otherwise_made,
    rebuild,
    zone_is_stored,
)


def _documents(progress: Progress) -> Iterator[str]:
    return (f"{kind.value} {pk}" for kind, pk in differing(progress))


def _makings(_progress: Progress) -> Iterator[str | OtherMaking]:
    if not zone_is_stored():
        yield _("another TIME_ZONE than the settings name")
    yield from otherwise_made()


def _words(_progress: Progress) -> list[str]:
    return missing_words()


register(
    DerivedData(gettext_lazy("search documents"), _documents, rebuild, is_long=True),
    DerivedData(gettext_lazy("what search was made with"), _makings, rebuild, is_long=True),
    DerivedData(gettext_lazy("words for right spellings"), _words, rebuild, is_long=True),
)
