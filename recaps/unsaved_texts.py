"""Texts that somebody typed and did not save, as the editor offers them beside what is saved."""

import datetime as dt
import uuid
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from django.utils import timezone

from accounts.models import User
from conferences.models import Conference
from recaps.differences import TextDifference, has_differences, text_differences, texts_of
from recaps.models import Recap, WorkingCopy
from recaps.starting import untouched_among
from recaps.typed_querysets import SEEN_FOR
from recaps.writing import TEXT_FIELDS
from talks.models import Talk

MOST_OFFERED = 5
MOST_LEFT_LYING = 10


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
    subject: tuple[str, str],
    besides: uuid.UUID | None,
    by: User,
    now: dt.datetime,
) -> list[Unsaved]:
    """Return what a person typed in other sittings and did not save, the last typed first.

    Args:
        recap: whose texts; None asks for recaps that were never saved.
        shown: by the names of the fields, what the form shows already.
        subject: what the form is about. What was typed about another talk is not offered, except
            where nothing is chosen yet.
        besides: the sitting of the form itself.

    Five at most. One query; three where recap is None.
    """
    copies = WorkingCopy.objects.of_author(by).with_text().of_recap(recap)
    copies = copies if recap else copies.about(subject)
    rows = copies.in_other_sittings(besides).newest_first().iterator(chunk_size=MOST_OFFERED)
    differing = (copy for copy in rows if has_differences(shown, copy.typed))
    others = list(islice(differing, MOST_OFFERED))
    about = {} if recap else subjects_of(others)
    return [
        Unsaved(
            copy=copy,
            texts=text_differences(shown, copy.typed),
            is_newer=recap is None or copy.typed_at > recap.updated_at,
            is_open=copy.seen_at > now - SEEN_FOR,
            about=about.get(copy.pk, ""),
        )
        for copy in others
    ]


def subjects_of(copies: Iterable[WorkingCopy]) -> dict[int, str]:
    """Return, by their ids, which talk or conference the copies are about. Two queries."""
    chosen = {copy.pk: copy.chosen for copy in copies}
    titles: dict[tuple[str, str], str] = {}
    for name, model in (("talk", Talk), ("conference", Conference)):
        keys = [key for kind, key in chosen.values() if kind == name]
        rows = model.objects.filter(pk__in=keys).values_list("pk", "title") if keys else ()
        titles |= {(name, str(pk)): title for pk, title in rows}
    return {pk: titles.get(subject, "") for pk, subject in chosen.items()}


def editors_beside(recap: Recap, *, by: User) -> list[str]:
    """Return the names of the others who have an editor of the recap open now. One query."""
    copies = WorkingCopy.objects.of_recap(recap).exclude(author=by).open_at(timezone.now())
    names = copies.order_by("author__public_name", "author").values_list("author__public_name")
    return list(dict.fromkeys(name for (name,) in names))


def left_lying(author: User) -> list[WorkingCopy]:
    """Return what a person typed and did not save, of any recap, the last typed first.

    Each has `about`, which recap, talk or conference it is of. Ten at most; up to four queries.
    """
    copies = WorkingCopy.objects.of_author(author).with_text().with_recaps().newest_first()
    found = list(copies[:MOST_LEFT_LYING])
    untouched = untouched_among(copy.typed.get("body", "") for copy in found)
    rows = [copy for copy in found if _is_left(copy, untouched)]
    titles = subjects_of(copy for copy in rows if copy.recap is None)
    for copy in rows:
        copy.about = str(copy.recap or copy.typed.get("title") or titles.get(copy.pk, ""))
    return rows


def _is_left(copy: WorkingCopy, untouched: Container[str]) -> bool:
    """Tell whether there is more in it than is saved, or than a recap begins with."""
    if copy.recap:
        return has_differences(texts_of(copy.recap), copy.typed)
    typed = (str(copy.typed.get(name, "")) for name in TEXT_FIELDS)
    return any(text.strip() and text not in untouched for text in typed)
