"""Migration operations that bound the length of texts and keep the longer ones that there are."""

import sys
from collections.abc import Callable
from typing import Any

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.models import CheckConstraint, Q


def bounded(model: str, field: str, most: int, *, name: str) -> list[Operation]:
    """Return what refuses new texts above `most` characters and lists those that are longer.

    They stay and are read as before; whoever changes such a row makes its text shorter.
    """
    said = "The text is too long."
    condition = Q(**{f"{field}__length__lte": most})
    check = CheckConstraint(name=name, condition=condition, violation_error_message=said)
    return [
        migrations.RunPython(_listing(model, field, most), migrations.RunPython.noop),
        AddConstraintNotValid(model_name=model, constraint=check),
    ]


def _listing(model: str, field: str, most: int) -> Callable[[Any, Any], None]:
    def tell(apps: Any, editor: Any) -> None:
        [found] = [each for each in apps.get_models() if each._meta.model_name == model]
        rows = found._base_manager.using(editor.connection.alias)
        longer = rows.filter(**{f"{field}__length__gt": most}).order_by("pk")
        for key, length in longer.values_list("pk", f"{field}__length"):
            sys.stdout.write(f"  {found._meta.db_table} {key}: {field} has {length} characters\n")

    return tell
