"""Whether each tag on a talk has the talk's day beside it, and putting it right.

The triggers keep it (migration 0002); this is for what goes round them: a table restored on its
own, a disabled trigger, a hand in the database.
"""

from django.db.models import F

from talks.models import TaggedTalk


def wrong_days() -> list[int]:
    """Return the ids of tags on talks that have another day than their talk. One query."""
    wrong = TaggedTalk.objects.exclude(sort_date=F("content_object__sort_date"))
    return list(wrong.order_by("pk").values_list("pk", flat=True))


def mend_days() -> list[int]:
    """Put wrong days right, and return which were wrong. Two queries."""
    wrong = wrong_days()
    # Whatever is written, the trigger takes the talk's own.
    TaggedTalk.objects.filter(pk__in=wrong).update(sort_date=F("sort_date"))
    return wrong
