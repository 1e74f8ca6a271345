"""Limits texts and lists in files to what the library stores."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from exchange.report import IssueLog, warning

# The fullest real talk has 34 speakers.
MAX_ITEMS = 300
TITLE_MAX_LENGTH = 500
ABSTRACT_MAX_LENGTH = 100_000
LICENCE_MAX_LENGTH = 500
CUT = warning("talk.cut", _("The text is too long; its end was left out."))
TOO_MANY = warning("list.too_many", _("The list is too long; its end was left out."))


def bounded(text: str, length: int, log: IssueLog, location: str) -> str:
    """Return the text, cut where it is longer than its column, and say so."""
    if len(text) <= length:
        return text
    log.add(CUT, text, location)
    return text[:length].rstrip()


def at_most(items: list[Any], log: IssueLog, location: str) -> list[Any]:
    """Return the list, cut where no honest one is so long, and say so."""
    if len(items) > MAX_ITEMS:
        log.add(TOO_MANY, len(items), location)
    return items[:MAX_ITEMS]
