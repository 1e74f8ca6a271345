"""Start texts: what a new recap begins with, whether it was changed, which headings
stayed empty.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.text.names import clean_text
from recaps.enums import SubjectKind
from recaps.models import Recap, StartText

HEADING = re.compile(r" {0,3}(#{1,6})")
EMPTY_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])(?:\s+\[ \])?\s*")
# Deeper than every heading.
PROSE = 7
NOTHING_WRITTEN = gettext_lazy(
    "Nothing is written here yet: this is the text that every recap begins with."
)


def start_text(kind: str) -> str:
    """Return the start text of new recaps about this `SubjectKind`. One query."""
    return StartText.objects.filter(kind=kind).values_list("body", flat=True).first() or ""


def is_untouched(body: str) -> bool:
    """Return whether a text equals a start text, apart from white space. One query.

    An empty text does not count: its author emptied it on purpose.
    """
    return bool(untouched_among([body]))


def untouched_among(bodies: Iterable[str]) -> set[str]:
    """Return the texts that equal a start text, apart from white space. One query."""
    start_texts = _start_texts()
    return {body for body in bodies if _plain(body) in start_texts}


def refuse_untouched(recaps: Iterable[Recap]) -> None:
    """Raise ValidationError, naming the first, if a recap's text equals a start text. One query."""
    start_texts = _start_texts()
    for recap in recaps:
        if _plain(recap.body) in start_texts:
            text = _("“%(recap)s” is still the text that every recap begins with: write it first.")
            raise ValidationError(text % {"recap": recap}, code="untouched")


def filled(body: str) -> tuple[str, list[str]]:
    """Return a text without the unfilled parts of its start text, and the headings of
    these parts.

    Readers see neither these headings nor empty list items of a start text. Everything that was
    typed stays. No query for a text without an empty heading or item, else one.
    """
    lines = body.split("\n")
    if _kept(lines, lambda line: True)[0] == lines:
        return body, []
    start_lines = {line.strip() for text in _start_texts() for line in text.splitlines()}
    kept, unfilled = _kept(lines, lambda line: line.strip() in start_lines)
    return "\n".join(kept), unfilled


def _kept(lines: list[str], may_go: Callable[[str], bool]) -> tuple[list[str], list[str]]:
    """Return the lines without empty items and removable headings, and those headings."""
    kept: list[str] = []
    unfilled: list[str] = []
    below, next_line = 0, ""  # the level of what is kept below: 0 at the end of the text
    for line in reversed(lines):
        heading = HEADING.match(line)
        level = len(heading[1]) if heading else PROSE
        is_empty = below <= level if heading else _is_empty_item(line, next_line)
        next_line = line
        if line.strip() and is_empty and may_go(line):
            unfilled += [line.strip("# ")] if heading else []
            continue
        kept.append(line)
        below = level if line.strip() else below
    return kept[::-1], unfilled[::-1]


def _is_empty_item(line: str, next_line: str) -> bool:
    """Return whether a line begins a list item without text, also none on the next line."""
    goes_on = next_line.strip() and next_line[0].isspace()
    return EMPTY_ITEM.fullmatch(line) is not None and not goes_on


def _start_texts() -> set[str]:
    """Return the non-empty start texts."""
    return {_plain(body) for body in StartText.objects.values_list("body", flat=True)} - {""}


def _plain(body: str) -> str:
    """Return a text without trailing white space and empty lines."""
    lines = (line.rstrip() for line in clean_text(body).splitlines())
    return "\n".join(line for line in lines if line)


_TALK = """\
## What was it about?

## Three things to take home

1.
2.
3.

## Open questions

## Links
"""
_CONFERENCE = """\
## What was it like?

## Three things to take home

1.
2.
3.

## Talks to watch

## Open questions

## Links
"""
FIRST_TEXTS = {SubjectKind.TALK: _TALK, SubjectKind.CONFERENCE: _CONFERENCE}


def ensure_start_texts(
    app_config: AppConfig, *, using: str, apps: Any = installed_apps, **_options: Any
) -> None:
    """Create the start texts that have no row; existing ones stay, even empty ones.

    Receives `post_migrate` of its app, which `flush` sends too.
    """
    try:
        rows = apps.get_model("recaps", "StartText").objects.using(using)
    except LookupError:  # a migration state without them
        return
    for kind, body in FIRST_TEXTS.items():
        rows.get_or_create(kind=kind, defaults={"body": body})
