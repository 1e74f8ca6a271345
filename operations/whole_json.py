"""Dumps as JSON that lose nothing: Django's own cuts moments to thousandths of a second.

Feeds and versions of texts name moments as they are stored.
"""

import datetime as dt
from typing import Any

from django.core.serializers import json
from django.core.serializers.json import Deserializer
from django.utils import timezone

__all__ = ["Deserializer", "Serializer"]


class WholeEncoder(json.DjangoJSONEncoder):
    """Writes moments with all their digits."""

    def default(self, o: Any) -> Any:
        if isinstance(o, dt.datetime) and timezone.is_aware(o):
            return o.isoformat()
        return super().default(o)


class Serializer(json.Serializer):
    """Django's, with whole moments."""

    def _init_options(self) -> None:
        self.options.setdefault("cls", WholeEncoder)
        super()._init_options()  # type: ignore[misc]  # -- not in the stubs
