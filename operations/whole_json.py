"""JSON dumps with full precision: Django's own truncates datetimes to milliseconds.

Feeds and text versions refer to datetimes as they are stored.
"""

import datetime as dt
from typing import Any

from django.core.serializers import json
from django.core.serializers.json import Deserializer
from django.utils import timezone

__all__ = ["Deserializer", "Serializer"]


class WholeEncoder(json.DjangoJSONEncoder):
    """Encodes datetimes with microseconds."""

    def default(self, o: Any) -> Any:
        if isinstance(o, dt.datetime) and timezone.is_aware(o):
            return o.isoformat()
        return super().default(o)


class Serializer(json.Serializer):
    """Django's JSON serializer with full datetimes."""

    def _init_options(self) -> None:
        self.options.setdefault("cls", WholeEncoder)
        super()._init_options()  # type: ignore[misc]  # -- not in the stubs
