"""Who may do what with one recap.

Note-takers have their own recaps and write them while they are drafts. Who may publish sees and
writes everybody's. A recap in the bin is read and brought back, but not written.
"""

from typing import Any

from recaps.enums import RecapStatus
from recaps.models import Recap


def may_see(user: Any, recap: Recap) -> bool:
    """Tell whether a person may see the recap in the admin; agrees with `visible_to`."""
    return may_publish(user) or recap.author_id == user.pk


def may_edit(user: Any, recap: Recap) -> bool:
    """Tell whether a person may change the recap, or put it in the bin."""
    return recap.deleted_at is None and _may_write(user, recap)


def may_take_from_bin(user: Any, recap: Recap) -> bool:
    """Tell whether a person may bring the recap back. Who may not publish brings back drafts."""
    return recap.deleted_at is not None and _may_write(user, recap)


def may_publish(user: Any) -> bool:
    """Tell whether a person may publish recaps."""
    return bool(user.has_perm("recaps.publish_recap"))


def _may_write(user: Any, recap: Recap) -> bool:
    is_own_draft = recap.author_id == user.pk and recap.status == RecapStatus.DRAFT
    return may_publish(user) or is_own_draft
