"""Remarks for authors: parts of a text that readers do not see, or see as raw Markdown."""

from collections.abc import Iterable, Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.text.markdown import Document
from recaps.front_matter import read_front_matter

# As much of one remark as is told, and of one thing that it is about.
MOST_TOLD = 10
LONGEST_TOLD = 80


def remarks_on(document: Document, *, unfilled: Iterable[str] = ()) -> list[str]:
    """Return a sentence for each kind of problem in a text."""
    return [
        *_of_words(document.unseen()),
        *_of_unfilled(unfilled),
        *_of_unused(document),
        *_of_comments(document),
    ]


def remark_on_front_matter(body: str) -> list[str]:
    """Return a sentence if a text begins with front matter that has fields."""
    front = read_front_matter(body)
    if front is None or not front.is_movable:
        return []
    text = _("The text begins with front matter, which readers see: %(keys)s. It can be moved.")
    return [text % {"keys": _listed(fact.key for fact in front.facts if fact.key)}]


def _of_words(words: list[str]) -> Iterator[str]:
    if words:
        yield _("Readers will not see these words: %(words)s") % {"words": _listed(words)}


def _of_unfilled(headings: Iterable[str]) -> Iterator[str]:
    if told := _listed(headings):
        text = _("Headings of the start text, which readers will not see while empty: %(headings)s")
        yield text % {"headings": told}


def _of_unused(document: Document) -> Iterator[str]:
    if document.unused:
        text = _("Nothing in the text refers to this, so it is shown as it was typed: %(lines)s")
        yield text % {"lines": _listed(document.unused)}


def _of_comments(document: Document) -> Iterator[str]:
    count = len(document.comments)
    if count:
        text = ngettext(
            "A comment, which readers will not see: %(comments)s",
            "%(count)d comments, which readers will not see: %(comments)s",
            count,
        )
        yield text % {"count": count, "comments": _listed(document.comments)}


def _listed(things: Iterable[str]) -> str:
    told = [Truncator(" ".join(thing.split())).chars(LONGEST_TOLD) for thing in things]
    return ", ".join([*told[:MOST_TOLD], *(["…"] if len(told) > MOST_TOLD else [])])
