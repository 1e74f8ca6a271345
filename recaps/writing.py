"""Writes recaps with optimistic locking: nobody's save is overwritten, no text is lost.

Every write names the version it started from (`recap.version`), and is one statement that changes
nothing if that is no longer the last version. A changed text is stored as a `RecapVersion`, and the
HTML always belongs to the text stored with it.
"""

import uuid
from collections import Counter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.models.append_only import history_may_change
from foundation.models.old_addresses import change_address
from foundation.models.slug_columns import free_slug
from foundation.text.markdown import RENDERER_VERSION
from recaps.enums import RecapStatus
from recaps.models import TEXT_FIELDS, Recap, RecapVersion
from recaps.rendering import rendering_of, store_parts
from recaps.start_texts import refuse_untouched

# The address has a verb of its own, the version is counted.
_APART = {"slug", "version"}


class RecapConflict(Exception):  # noqa: N818 -- it is no fault: two people wrote
    """Somebody else changed the recap since the version that a write started from."""


@transaction.atomic
def write_recap(
    recap: Recap, *, by: User | None = None, editing_session: uuid.UUID | None = None
) -> Recap:
    """Save a recap, new or changed, with its HTML rendered from its text.

    A recap without a slug gets one from its title; after a change of slug the old URL redirects.
    `updated_at` changes, and a version is stored, only if title, summary or text changed.

    Args:
        by: who writes. None is a program: it may publish, and the version is the author's.
        editing_session: the id of the editing session; its saves become one version, unless one
            deletes much of what was saved before.

    Besides the checks of the model, at most ten queries. Raises ValidationError for what the model
    forbids and for publishing a start text, PermissionDenied for a published recap by somebody who
    may not publish, and RecapConflict, with nothing changed, if `recap.version` is no longer the
    last one.
    """
    if recap.status == RecapStatus.PUBLISHED:
        refuse_unless_publisher(by)
        refuse_untouched([recap])
    recap.slug = recap.slug or free_slug(recap, recap.shown_title, fallback="recap")
    recap.full_clean()
    before = Recap.objects.filter(pk=recap.pk).values(*TEXT_FIELDS).first()
    changed = before != {name: getattr(recap, name) for name in TEXT_FIELDS}
    recap.updated_at = timezone.now() if changed else recap.updated_at
    rendering = rendering_of(recap)
    recap.body_html = rendering.html
    recap.renderer_version = RENDERER_VERSION
    _save(recap)
    store_parts(recap, rendering)
    if changed:
        _keep_version(recap, by or recap.author, editing_session)
    return recap


def change_recap(recap: Recap, **columns: Any) -> Recap:
    """Change some columns of a saved recap, except its text, and increment its version.
    One query.

    Raises RecapConflict, with nothing changed, if `recap.version` is no longer the last one.
    """
    version = recap.version + 1
    last = Recap.objects.filter(pk=recap.pk, version=recap.version)
    if not last.update(**columns, version=version):
        raise RecapConflict
    for name, value in columns.items():
        setattr(recap, name, value)
    recap.version = version
    return recap


def refuse_unless_publisher(person: User | None) -> None:
    """Raise PermissionDenied for a person who may not publish. None is a program, which may."""
    if person is not None and not person.has_perm("recaps.publish_recap"):
        raise PermissionDenied


def _save(recap: Recap) -> None:
    if recap._state.adding:
        recap.version = 1
        recap.save(force_insert=True)
        return
    columns = [f for f in recap._meta.concrete_fields if not (f.primary_key or f.generated)]
    names = [column.attname for column in columns if column.name not in _APART]
    change_recap(recap, **{name: getattr(recap, name) for name in names})
    change_address(recap, slug=recap.slug)


def _keep_version(recap: Recap, author: User, editing_session: uuid.UUID | None) -> None:
    text = {name: getattr(recap, name) for name in TEXT_FIELDS}
    columns = {**text, "number": recap.version, "saved_at": recap.updated_at}
    last = recap.versions.newest_first().first() if editing_session else None
    if (
        last
        and (last.sitting, last.author_id) == (editing_session, author.pk)
        and _grows(last, recap)
    ):
        with history_may_change():
            RecapVersion.objects.filter(pk=last.pk).update(**columns)
    else:
        RecapVersion.objects.create(recap=recap, author=author, sitting=editing_session, **columns)


def _grows(last: RecapVersion, recap: Recap) -> bool:
    """Return whether at least three quarters of the last saved text are still in the new one."""
    lost = _runs(last.body) - _runs(recap.body)
    return lost.total() <= len(last.body) // 4


def _runs(text: str) -> Counter[str]:
    """Count the 4-character sequences of a text; a similarity measure for any script."""
    return Counter(text[start : start + 4] for start in range(len(text) - 3))


def restore_version(recap: Recap, version: RecapVersion, *, by: User) -> Recap:
    """Restore title, summary and text of one of the recap's versions, as a new version.

    Raises what `write_recap` raises, and ValueError for another recap's version.
    """
    if version.recap_id != recap.pk:  # pragma: no cover -- the pages ask for its own alone
        raise ValueError("This is a version of another recap.")
    for name in TEXT_FIELDS:
        setattr(recap, name, getattr(version, name))
    return write_recap(recap, by=by)
