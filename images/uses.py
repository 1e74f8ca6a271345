"""Finds the images that texts show, in every text column of every app.

Also in every JSON column, since unsaved texts may be there.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Cast

from foundation.models.fields import ProseField
from foundation.text.image_names import ADDRESS_PREFIX, KEY_REGEX


def used_keys() -> set[str]:
    """Return the keys of all images in any text, former and deleted texts too.

    Reads all texts of the site, one query for each column.
    """
    return {key for rows in _texts() for (key,) in rows.iterator()}


def _texts() -> Iterator[Any]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, (ProseField, models.JSONField)):
                yield _keys_in(model, field.name)


def _keys_in(model: type[models.Model], name: str) -> Any:
    """Return the keys in a column; PostgreSQL extracts them, so the texts are not transferred."""
    text = Cast(F(name), models.TextField())
    keys = Func(
        F("text_with_images"),
        Value(KEY_REGEX),
        Value("g"),
        function="regexp_matches",
        output_field=ArrayField(models.TextField()),
    )
    rows = model._base_manager.annotate(text_with_images=text).order_by()
    rows = rows.filter(text_with_images__contains=ADDRESS_PREFIX)
    return rows.annotate(image_keys=keys).values_list("image_keys", flat=True).distinct()
