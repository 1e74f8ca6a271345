"""An `on_delete` handler beside Django's: protects rows that people added."""

from typing import Any

from django.db.models import CASCADE, ProtectedError, QuerySet


def protect_what_people_added(
    collector: Any, field: Any, sub_objs: QuerySet[Any], using: str
) -> None:
    """Refuse the deletion if a person added one of the rows; delete rows that imports added."""
    peoples = list(sub_objs.filter(added_by__isnull=False))
    if peoples:
        raise ProtectedError("People added these.", set(peoples))
    CASCADE(collector, field, sub_objs, using)
