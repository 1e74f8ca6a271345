"""Models of talks, their speakers, recordings and links, and of tags."""

from talks.models.recording import LONGEST_OFFSET, Recording
from talks.models.tag import (
    ResolvedTags,
    ResolvingTagManager,
    Tag,
    TagAlias,
    TaggedTalk,
    TagQuerySet,
)
from talks.models.talk import (
    LONGEST_TALK,
    TITLE_MAX_LENGTH,
    EventRevision,
    OldTalkSlug,
    Talk,
    TalkLink,
    TalkSpeaker,
)
from talks.models.talk_queryset import TalkQuerySet

__all__ = [
    "LONGEST_OFFSET",
    "LONGEST_TALK",
    "TITLE_MAX_LENGTH",
    "EventRevision",
    "OldTalkSlug",
    "Recording",
    "ResolvedTags",
    "ResolvingTagManager",
    "Tag",
    "TagAlias",
    "TagQuerySet",
    "TaggedTalk",
    "Talk",
    "TalkLink",
    "TalkQuerySet",
    "TalkSpeaker",
]
