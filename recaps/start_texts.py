"""What a new recap begins with, whether somebody has written in it yet, and what stays empty."""

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


def filled(body: str) -> tuple[str, list[str]]:
    """Return what was written of a text, and the headings of start texts that nobody filled.

    Readers see neither these headings nor the empty items of lists that come from a start text.
    What somebody typed stays. No query for a text without an empty heading or item, else one.
    """
    lines = body.split("\n")
    if _kept(lines, lambda line: True)[0] == lines:
        return body, []
    start_lines = {line.strip() for text in _start_texts() for line in text.splitlines()}
    kept, unfilled = _kept(lines, lambda line: line.strip() in start_lines)
    return "\n".join(kept), unfilled


def _kept(lines: list[str], may_go: Callable[[str], bool]) -> tuple[list[str], list[str]]:
    """Return the lines without empty items and headings that may go, and those headings."""
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
    """Tell whether a line begins an item of a list, and nothing of it stands on the next one."""
    goes_on = next_line.strip() and next_line[0].isspace()
    return EMPTY_ITEM.fullmatch(line) is not None and not goes_on


def _start_texts() -> set[str]:
    """Return the start texts that say something."""
    return {_plain(body) for body in StartText.objects.values_list("body", flat=True)} - {""}


def _plain(body: str) -> str:
    """Return a text without what no reader sees: space at the ends of lines, empty lines."""
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


def keep_start_texts(
    app_config: AppConfig, *, using: str, apps: Any = installed_apps, **_options: Any
) -> None:
    """Write each start text that has no row; what somebody wrote, or emptied, stays.

    Receives `post_migrate` of its application, which `flush` sends too.
    """
    try:
        rows = apps.get_model("recaps", "StartText").objects.using(using)
    except LookupError:  # a migration state without them
        return
    for kind, body in FIRST_TEXTS.items():
        rows.get_or_create(kind=kind, defaults={"body": body})
