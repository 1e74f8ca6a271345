"""Recaps: what people wrote about talks and conferences, and what is kept beside the texts."""

from recaps.models.parts import FOLLOW_UP_MAX_LENGTH, FollowUp, Mention
from recaps.models.recap import (
    BODY_MAX_LENGTH,
    STALE,
    SUMMARY_MAX_LENGTH,
    OldRecapSlug,
    Recap,
    RecapTopic,
    TaggedRecap,
)
from recaps.models.start_text import START_TEXT_MAX_LENGTH, StartText
from recaps.models.typed import RecapVersion, WorkingCopy

__all__ = [
    "BODY_MAX_LENGTH",
    "FOLLOW_UP_MAX_LENGTH",
    "STALE",
    "START_TEXT_MAX_LENGTH",
    "SUMMARY_MAX_LENGTH",
    "FollowUp",
    "Mention",
    "OldRecapSlug",
    "Recap",
    "RecapTopic",
    "RecapVersion",
    "StartText",
    "TaggedRecap",
    "WorkingCopy",
]
