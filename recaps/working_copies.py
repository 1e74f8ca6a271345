"""What people type is kept while they type: on the server, apart from what is saved, unpublished.

An open editor is a *sitting* with a working copy of its own, so that two windows or two machines
of one person never write over each other. Each sending carries a step that counts up: what
arrives late replaces nothing that is newer, not even a save.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from recaps.models import Recap, WorkingCopy

# What of the form is kept: all that a writer types, and nothing that only a publisher decides.
KEPT_FIELDS = (
    *("title", "talk", "conference", "body", "keep_breaks", "summary", "language", "tags"),
    *("verdict", "presence", "part_number", "part_count", "day", "clock"),
)
MOST_UNSAVED = 200


@dataclass(frozen=True)
class Sending:
    """What an open editor says: who it is, and how far it has come.

    `typed` is None where it only says that it is open.
    """

    sitting: uuid.UUID
    step: int
    started_from: int = 0
    typed: Mapping[str, str] | None = None


@transaction.atomic
def keep_typed(recap: Recap | None, sending: Sending, *, by: User) -> bool:
    """Keep what somebody typed, and note that the editor is open. Two queries; first five.

    `recap` is None for one that was never saved, as far as the editor knows. Returns whether the
    server has what was typed: it does not keep what is late. Raises PermissionDenied for another
    person's sitting, and ValidationError where somebody has 200 unsaved texts and begins one more.
    """
    now = timezone.now()
    columns: dict[str, Any] = {"started_from": sending.started_from, "seen_at": now}
    if sending.typed is not None:
        columns |= {
            "recap": recap,
            "typed": dict(sending.typed),
            "step": sending.step,
            "typed_at": now,
        }
    own = WorkingCopy.objects.select_for_update().filter(sitting=sending.sitting)
    copy = own.first()
    if sending.typed and not (copy and copy.typed):
        _refuse_too_many(by)
    if copy is None:
        # Another request may have made it meanwhile.
        begun = {"recap": recap, **columns, "author": by}
        copy, _made = WorkingCopy.objects.get_or_create(sitting=sending.sitting, defaults=begun)
    if copy.author_id != by.pk:
        raise PermissionDenied
    is_late = sending.step <= copy.step
    if not is_late:
        # A save of the sitting whose answer was lost: the editor does not know of it.
        columns["started_from"] = max(copy.started_from, sending.started_from)
        columns["recap"] = recap or copy.recap
    WorkingCopy.objects.filter(pk=copy.pk).update(**({"seen_at": now} if is_late else columns))
    return not is_late or sending.typed in (None, copy.typed)


def let_go(recap: Recap, sitting: uuid.UUID, *, step: int, by: User) -> None:
    """Forget what was typed up to a step, for it is saved. The editor is still open.

    The row stays, so that what was on its way meanwhile finds that it is late, and with the version
    that was saved: see `saved_before`. Two queries.
    """
    columns = {"recap": recap, "started_from": recap.version, "seen_at": timezone.now()}
    # First the row: where another request is just making it, this waits for that one.
    row = WorkingCopy(sitting=sitting, author=by, step=step, **columns)
    WorkingCopy.objects.bulk_create([row], ignore_conflicts=True)
    own = WorkingCopy.objects.of_author(by).filter(sitting=sitting, step__lte=step)
    own.update(typed={}, step=step, **columns)


def saved_before(sitting: uuid.UUID, *, step: int, by: User) -> WorkingCopy | None:
    """Return the row of a sitting that has saved, or kept, an earlier step of a recap. One query.

    Its editor may not know that, where the answer was lost: then it sends the save again. Where
    `started_from` is the last version, nobody else wrote since.
    """
    copies = WorkingCopy.objects.of_author(by).filter(sitting=sitting, step__lt=step)
    return copies.filter(recap__isnull=False).first()


def take_over(copy: WorkingCopy) -> WorkingCopy:
    """Make an unsaved text the text of a new sitting, and return it. One query.

    An editor that still has it open, elsewhere, will keep its own text as another one.
    """
    copy.sitting = uuid.uuid4()
    copy.seen_at = timezone.now()
    copy.save(update_fields=["sitting", "seen_at"])
    return copy


def forget_closed() -> int:
    """Delete the rows of editors that were closed with nothing unsaved; return how many.

    Texts stay until their author saves them or throws them away.
    """
    day_ago = timezone.now() - dt.timedelta(days=1)
    deleted, _counts = WorkingCopy.objects.closed_before(day_ago).delete()
    return deleted


def _refuse_too_many(author: User) -> None:
    """Refuse the first text of one sitting more, whenever the sitting began. Two queries.

    First texts of one person come one after the other, so that none is counted too late.
    """
    User.objects.select_for_update(no_key=True).get(pk=author.pk)
    if WorkingCopy.objects.of_author(author).with_text().count() >= MOST_UNSAVED:
        text = _("You have %(count)d unsaved texts. Save or throw away some of them first.")
        raise ValidationError(text % {"count": MOST_UNSAVED}, code="too_many")
