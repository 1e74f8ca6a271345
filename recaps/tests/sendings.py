"""What an open editor sends, and what it left on the server."""

import uuid

from recaps.models import WorkingCopy


def sent(recap=None, *, step=1, sitting=None, **typed):
    facts = {"recap": recap.pk if recap else "", "sitting": sitting or uuid.uuid4(), "step": step}
    return {**facts, "started_from": recap.version if recap else "", "is_typed": "on", **typed}


def copy_of(author, recap=None, **typed):
    return WorkingCopy.objects.create(
        sitting=uuid.uuid4(), author=author, recap=recap, typed=typed, step=1
    )
