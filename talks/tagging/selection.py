"""Which talks somebody chose, so that a later page can tell whether they are still the same.

A selection is its number of talks and a digest of their ids. It travels from page to page in one
signed ticket, whatever its size.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing

_SALT = "talks.tagging.selection"
# A page left open longer than this is asked for anew.
TICKET_SECONDS = 24 * 3600


class SelectionChanged(Exception):  # noqa: N818 -- it tells a fact, nothing went wrong
    """The talks are no longer those that were confirmed."""


@dataclass(frozen=True)
class Selection:
    """A set of talks: how many, and what tells it from every other set."""

    count: int
    digest: str

    @classmethod
    def of(cls, ids: Iterable[int]) -> "Selection":
        """Return the selection of these talks, in whatever order."""
        ordered = sorted(ids)
        listed = ",".join(map(str, ordered)).encode()
        return cls(len(ordered), hashlib.sha256(listed).hexdigest())


@dataclass(frozen=True)
class Ticket:
    """What a page about a selection was shown for.

    Attributes:
        action: the name of the action that the page is about.
        user: the id of the person it was shown to.
        selection: what it was shown for.
        ids: the talks, where they were ticked one by one; None where it is all that the list at
            the page's address shows.
        tags: the tags whose numbers it showed, by the key of the name they were asked for with,
            0 for one that was new; None where it showed no numbers yet.
    """

    action: str
    user: int
    selection: Selection
    ids: list[int] | None = None
    tags: dict[str, int] | None = None

    def signed(self) -> str:
        """Return the ticket as text that nobody else can make."""
        return signing.dumps(asdict(self), salt=_SALT, compress=True)

    @classmethod
    def read(cls, text: str, *, action: str, user: int) -> "Ticket":
        """Return the ticket that the text was made from.

        Raises django.core.signing.BadSignature where it was altered, is too old, or was made for
        another action or person.
        """
        fields: dict[str, Any] = signing.loads(text, salt=_SALT, max_age=TICKET_SECONDS)
        try:
            ticket = cls(**{**fields, "selection": Selection(**fields["selection"])})
        except (KeyError, TypeError) as error:
            raise signing.BadSignature("made by another release") from error
        if (ticket.action, ticket.user) != (action, user):
            raise signing.BadSignature("made for another action or person")
        return ticket
