"""Models of recaps, their versions, drafts, mentions, follow-ups and topics."""

from recaps.models.draft import SEEN_FOR, WorkingCopy, subject_of
from recaps.models.follow_up import FOLLOW_UP_MAX_LENGTH, FollowUp
from recaps.models.mention import Mention
from recaps.models.recap import (
    BODY_MAX_LENGTH,
    STALE,
    SUMMARY_MAX_LENGTH,
    TEXT_FIELDS,
    OldRecapSlug,
    Recap,
    TaggedRecap,
)
from recaps.models.recap_queryset import RecapQuerySet
from recaps.models.start_text import START_TEXT_MAX_LENGTH, StartText
from recaps.models.topic import RecapTopic
from recaps.models.version import RecapVersion

__all__ = [
    "BODY_MAX_LENGTH",
    "FOLLOW_UP_MAX_LENGTH",
    "SEEN_FOR",
    "STALE",
    "START_TEXT_MAX_LENGTH",
    "SUMMARY_MAX_LENGTH",
    "TEXT_FIELDS",
    "FollowUp",
    "Mention",
    "OldRecapSlug",
    "Recap",
    "RecapQuerySet",
    "RecapTopic",
    "RecapVersion",
    "StartText",
    "TaggedRecap",
    "WorkingCopy",
    "subject_of",
]
