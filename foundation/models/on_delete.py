"""What becomes of rows whose object is deleted, beside what Django offers."""

from typing import Any

from django.db.models import CASCADE, ProtectedError, QuerySet


def protect_what_people_added(
    collector: Any, field: Any, sub_objs: QuerySet[Any], using: str
) -> None:
    """Refuse where a person added one of the rows; what imports added goes along."""
    peoples = list(sub_objs.filter(added_by__isnull=False))
    if peoples:
        raise ProtectedError("People added these.", set(peoples))
    CASCADE(collector, field, sub_objs, using)
