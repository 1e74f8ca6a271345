"""Which images the site's texts show: every prose of every room is looked through.

So is every column of JSON, where what is typed and not yet saved may be.
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
    """Return the keys of all images that any text names, former and deleted texts too.

    Reads all texts of the site, a query for each such column.
    """
    return {key for rows in _texts() for (key,) in rows.iterator()}


def _texts() -> Iterator[Any]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, (ProseField, models.JSONField)):
                yield _keys_in(model, field.name)


def _keys_in(model: type[models.Model], name: str) -> Any:
    """Return the keys in a column, found by PostgreSQL: the texts stay there."""
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
