"""The talks that a person selected, so that a later request can tell whether they changed.

A selection is the number of talks and a digest of their ids. It is sent from page to page in one
signed field, whatever its size.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing

_SALT = "talks.tagging.selection"
# A confirmation page that was open for longer has to be opened again.
MAX_AGE_SECONDS = 24 * 3600


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
class SignedSelection:
    """What a confirmation page was shown for.

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
        """Return it as text that only this site can make."""
        return signing.dumps(asdict(self), salt=_SALT, compress=True)

    @classmethod
    def read(cls, text: str, *, action: str, user: int) -> "SignedSelection":
        """Return what a signed text says.

        Raises django.core.signing.BadSignature where it was altered, is too old, or was made for
        another action or person.
        """
        fields: dict[str, Any] = signing.loads(text, salt=_SALT, max_age=MAX_AGE_SECONDS)
        try:
            signed_selection = cls(**{**fields, "selection": Selection(**fields["selection"])})
        except (KeyError, TypeError) as error:
            raise signing.BadSignature("made by another release") from error
        if (signed_selection.action, signed_selection.user) != (action, user):
            raise signing.BadSignature("made for another action or person")
        return signed_selection
