"""Texts that somebody typed and did not save, as the editor offers them beside what is saved."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from recaps.differences import TextDifference, text_differences
from recaps.models import Recap, WorkingCopy
from recaps.querysets import SEEN_FOR

MOST_OFFERED = 5


@dataclass(frozen=True)
class Unsaved:
    """A working copy that differs from what is saved."""

    copy: WorkingCopy
    texts: list[TextDifference]
    is_newer: bool
    is_open: bool
    about: str = ""  # the talk or conference, where the recap was never saved


def unsaved_texts(
    recap: Recap | None,
    *,
    shown: Mapping[str, str],
    besides: uuid.UUID | None,
    by: User,
    now: dt.datetime,
) -> list[Unsaved]:
    """Return what a person typed in other sittings and did not save, the last typed first.

    Args:
        recap: whose texts; None asks for recaps that were never saved.
        shown: by the names of the fields, what the form shows already.
        besides: the sitting of the form itself.

    Five at most. One query.
    """
    copies = WorkingCopy.objects.of_author(by).with_text().of_recap(recap)
    others = copies.in_other_sittings(besides).newest_first()[:MOST_OFFERED]
    found = (_unsaved(copy, recap, shown, now) for copy in others)
    return [unsaved for unsaved in found if unsaved.texts]


def editors_beside(recap: Recap, *, by: User) -> list[str]:
    """Return the names of the others who have an editor of the recap open now. One query."""
    copies = WorkingCopy.objects.of_recap(recap).exclude(author=by).open_at(timezone.now())
    names = copies.order_by("author__public_name", "author").values_list("author__public_name")
    return list(dict.fromkeys(name for (name,) in names))


def _unsaved(
    copy: WorkingCopy, recap: Recap | None, shown: Mapping[str, str], now: dt.datetime
) -> Unsaved:
    return Unsaved(
        copy=copy,
        texts=text_differences(shown, copy.typed),
        is_newer=recap is None or copy.typed_at > recap.updated_at,
        is_open=copy.seen_at > now - SEEN_FOR,
    )
