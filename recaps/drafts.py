"""Autosave: stores unsaved text on the server while people type, apart from the saved recap.

Each open editor is an *editing session* with a working copy of its own (column and form field
`sitting`), so that two windows or two machines of one person never overwrite each other. Each
autosave has a step number that counts up: a late request replaces nothing that is newer, not even a
save. Unsaved text is offered on the recap's form.
"""

import datetime as dt
import uuid
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from conferences.models import Conference
from recaps.diff import TextDifference, has_differences, text_differences, texts_of
from recaps.models import SEEN_FOR, TEXT_FIELDS, Recap, WorkingCopy
from recaps.start_texts import untouched_among
from talks.models import Talk

# What of the form is kept: all that a writer types, and nothing that only a publisher decides.
AUTOSAVED_FIELDS = (
    *("title", "talk", "conference", "body", "keep_breaks", "summary", "language", "tags"),
    *("verdict", "presence", "part_number", "part_count", "day", "clock"),
)
MOST_UNSAVED = 200


@dataclass(frozen=True)
class Autosave:
    """An autosave request: the editing session and its step.

    `typed` is None if the request only says that the editor is open.
    """

    editing_session: uuid.UUID
    step: int
    started_from: int = 0
    typed: Mapping[str, str] | None = None


@transaction.atomic
def store_autosave(recap: Recap | None, autosave: Autosave, *, by: User) -> bool:
    """Store what somebody typed, and note that the editor is open. Two queries; the first time
    five.

    `recap` is None if it was never saved, as far as the editor knows. Returns whether the server
    has the typed text: late requests are not stored. Raises PermissionDenied for another person's
    editing session, and ValidationError if somebody has 200 unsaved texts and begins one more.
    """
    now = timezone.now()
    columns: dict[str, Any] = {"started_from": autosave.started_from, "seen_at": now}
    if autosave.typed is not None:
        columns |= {
            "recap": recap,
            "typed": dict(autosave.typed),
            "step": autosave.step,
            "typed_at": now,
        }
    own = WorkingCopy.objects.select_for_update().filter(sitting=autosave.editing_session)
    copy = own.first()
    if autosave.typed and not (copy and copy.typed):
        _refuse_too_many(by)
    if copy is None:
        # Another request may have made it meanwhile.
        begun = {"recap": recap, **columns, "author": by}
        copy, _made = WorkingCopy.objects.get_or_create(
            sitting=autosave.editing_session, defaults=begun
        )
    if copy.author_id != by.pk:
        raise PermissionDenied
    is_late = autosave.step <= copy.step
    if not is_late:
        # A save of the session whose answer was lost: the editor does not know of it.
        columns["started_from"] = max(copy.started_from, autosave.started_from)
        columns["recap"] = recap or copy.recap
    WorkingCopy.objects.filter(pk=copy.pk).update(**({"seen_at": now} if is_late else columns))
    return not is_late or autosave.typed in (None, copy.typed)


def clear_unsaved(recap: Recap, editing_session: uuid.UUID, *, step: int, by: User) -> None:
    """Clear the unsaved text up to a step, after it was saved. The editor is still open.

    The row stays with the saved version, so that delayed requests are recognised as late: see
    `earlier_save`. Two queries.
    """
    columns = {"recap": recap, "started_from": recap.version, "seen_at": timezone.now()}
    # First the row: where another request is just making it, this waits for that one.
    row = WorkingCopy(sitting=editing_session, author=by, step=step, **columns)
    WorkingCopy.objects.bulk_create([row], ignore_conflicts=True)
    own = WorkingCopy.objects.of_author(by).filter(sitting=editing_session, step__lte=step)
    own.update(typed={}, step=step, **columns)


def earlier_save(editing_session: uuid.UUID, *, step: int, by: User) -> WorkingCopy | None:
    """Return the working copy of an editing session that saved or stored an earlier step. One
    query.

    Its editor may not know that, if the response was lost: then it sends the save again. If
    `started_from` is the last version, nobody else wrote since.
    """
    copies = WorkingCopy.objects.of_author(by).filter(sitting=editing_session, step__lt=step)
    return copies.filter(recap__isnull=False).first()


def move_to_new_session(copy: WorkingCopy) -> WorkingCopy:
    """Move an unsaved text to a new editing session, and return it. One query.

    An editor that still has it open elsewhere will store its own text as another one.
    """
    copy.sitting = uuid.uuid4()
    copy.seen_at = timezone.now()
    copy.save(update_fields=["sitting", "seen_at"])
    return copy


def delete_closed_copies() -> int:
    """Delete the working copies of closed editors without unsaved text; return the number.

    UnsavedText texts stay until their author saves or deletes them.
    """
    day_ago = timezone.now() - dt.timedelta(days=1)
    deleted, _counts = WorkingCopy.objects.closed_before(day_ago).delete()
    return deleted


def _refuse_too_many(author: User) -> None:
    """Refuse the first text of one editing session too many. Two queries.

    The author's row is locked, so that simultaneous first texts are all counted.
    """
    User.objects.select_for_update(no_key=True).get(pk=author.pk)
    if WorkingCopy.objects.of_author(author).with_text().count() >= MOST_UNSAVED:
        text = _("You have %(count)d unsaved texts. Save or throw away some of them first.")
        raise ValidationError(text % {"count": MOST_UNSAVED}, code="too_many")


MOST_OFFERED = 5
MOST_LISTED = 10


@dataclass(frozen=True)
class UnsavedText:
    """A working copy that differs from the saved recap."""

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
) -> list[UnsavedText]:
    """Return a person's unsaved texts of other editing sessions, last typed first.

    Args:
        recap: whose texts; None means recaps that were never saved.
        shown: what the form shows already, by field name.
        subject: the subject of the form. Texts about another subject are not offered, except
            if none is chosen yet.
        besides: the editing session of the form itself.

    Five at most. One query; three if recap is None.
    """
    copies = WorkingCopy.objects.of_author(by).with_text().of_recap(recap)
    copies = copies if recap else copies.about(subject)
    rows = copies.in_other_sessions(besides).newest_first().iterator(chunk_size=MOST_OFFERED)
    differing = (copy for copy in rows if has_differences(shown, copy.typed))
    others = list(islice(differing, MOST_OFFERED))
    about = {} if recap else subject_titles(others)
    return [
        UnsavedText(
            copy=copy,
            texts=text_differences(shown, copy.typed),
            is_newer=recap is None or copy.typed_at > recap.updated_at,
            is_open=copy.seen_at > now - SEEN_FOR,
            about=about.get(copy.pk, ""),
        )
        for copy in others
    ]


def subject_titles(copies: Iterable[WorkingCopy]) -> dict[int, str]:
    """Return the title of the copies' talk or conference, by the copies' ids. Two queries."""
    chosen = {copy.pk: copy.chosen for copy in copies}
    titles: dict[tuple[str, str], str] = {}
    for name, model in (("talk", Talk), ("conference", Conference)):
        keys = [key for kind, key in chosen.values() if kind == name]
        rows = model.objects.filter(pk__in=keys).values_list("pk", "title") if keys else ()
        titles |= {(name, str(pk)): title for pk, title in rows}
    return {pk: titles.get(subject, "") for pk, subject in chosen.items()}


def other_editors(recap: Recap, *, by: User) -> list[str]:
    """Return the names of the other people who have an editor of the recap open. One query."""
    copies = WorkingCopy.objects.of_recap(recap).exclude(author=by).open_at(timezone.now())
    names = copies.order_by("author__public_name", "author").values_list("author__public_name")
    return list(dict.fromkeys(name for (name,) in names))


def unsaved_of_author(author: User) -> list[WorkingCopy]:
    """Return a person's unsaved texts of all recaps, last typed first.

    Each has `about`: the recap, talk or conference. Ten at most; up to four queries.
    """
    copies = WorkingCopy.objects.of_author(author).with_text().with_recaps().newest_first()
    found = list(copies[:MOST_LISTED])
    untouched = untouched_among(copy.typed.get("body", "") for copy in found)
    rows = [copy for copy in found if _is_unsaved(copy, untouched)]
    titles = subject_titles(copy for copy in rows if copy.recap is None)
    for copy in rows:
        copy.about = str(copy.recap or copy.typed.get("title") or titles.get(copy.pk, ""))
    return rows


def _is_unsaved(copy: WorkingCopy, untouched: Container[str]) -> bool:
    """Return whether a copy contains more than the saved recap, or than a start text."""
    if copy.recap:
        return has_differences(texts_of(copy.recap), copy.typed)
    typed = (str(copy.typed.get(name, "")) for name in TEXT_FIELDS)
    return any(text.strip() and text not in untouched for text in typed)
