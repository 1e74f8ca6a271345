"""Rows of the apps above, which an app reaches through reverse relations of its own models."""

from typing import Any

from django.db.models import Model


def rows_behind(model: type[Model], relation: str) -> Any:
    """Return the manager of the relation's model. Its type cannot be known here."""
    related: Any = model._meta.get_field(relation).related_model
    return related.objects
