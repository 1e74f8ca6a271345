"""Finds and repairs wrong days of tags on talks, which triggers maintain (migration 0002)."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from foundation.kept.registry import DerivedData, register
from talks.models import TaggedTalk


def wrong_days() -> list[int]:
    """Return the ids of tagged talks whose stored day differs from the talk's. One query."""
    wrong = TaggedTalk.objects.exclude(sort_date=F("content_object__sort_date"))
    return list(wrong.order_by("pk").values_list("pk", flat=True))


def mend_days() -> list[int]:
    """Correct wrong days, and return the ids. Two queries."""
    wrong = wrong_days()
    # Whatever is written, the trigger takes the talk's own.
    TaggedTalk.objects.filter(pk__in=wrong).update(sort_date=F("sort_date"))
    return wrong


register(DerivedData(_("the day beside each tag"), wrong_days, mend_days))
