"""What a new recap begins with, and whether somebody has written in it yet."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notes_site.names import clean_text
from recaps.models import Recap, StartText

NOTHING_WRITTEN = gettext_lazy(
    "Nothing is written here yet: this is the text that every recap begins with."
)


def start_text(kind: str) -> str:
    """Return what a new recap about a thing of this `SubjectKind` begins with. One query."""
    return StartText.objects.filter(kind=kind).values_list("body", flat=True).first() or ""


def is_untouched(body: str) -> bool:
    """Tell whether a text is still one of the start texts, apart from space. One query.

    An empty text is not: where somebody emptied it, they meant to.
    """
    return bool(untouched_among([body]))


def untouched_among(bodies: Iterable[str]) -> set[str]:
    """Return those of the texts that are still start texts, apart from space. One query."""
    start_texts = _start_texts()
    return {body for body in bodies if _plain(body) in start_texts}


def refuse_untouched(recaps: Iterable[Recap]) -> None:
    """Raise ValidationError, naming the first, if one of the texts is untouched. One query."""
    start_texts = _start_texts()
    for recap in recaps:
        if _plain(recap.body) in start_texts:
            text = _("“%(recap)s” is still the text that every recap begins with: write it first.")
            raise ValidationError(text % {"recap": recap}, code="untouched")


def _start_texts() -> set[str]:
    """Return the start texts that say something."""
    return {_plain(body) for body in StartText.objects.values_list("body", flat=True)} - {""}


def _plain(body: str) -> str:
    """Return a text without what no reader sees: space at the ends of lines, empty lines."""
    lines = (line.rstrip() for line in clean_text(body).splitlines())
    return "\n".join(line for line in lines if line)
