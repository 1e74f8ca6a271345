"""Everything that can be wrong with an event in the pyvideo layout, each with its sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchange.issues import Finding, Severity


def _error(code: str, message: str | Promise) -> Finding:
    return Finding(Severity.ERROR, code, message)


def _warning(code: str, message: str | Promise) -> Finding:
    return Finding(Severity.WARNING, code, message)


def _note(code: str, message: str | Promise) -> Finding:
    return Finding(Severity.NOTE, code, message)


# Folders
LINK_NOT_FOLLOWED = _warning("folder.link", _("This is a link to elsewhere; it was not followed."))
UNUSABLE_NAME = _error("folder.name", _("The name holds no visible sign; it was skipped."))
SAME_NAME = _error(
    "folder.same_name", _("Another file or folder has the same name already; it was skipped.")
)
TOO_MANY_FILES = _error("folder.too_many", _("The folder holds too many files; it was skipped."))
CANNOT_LIST = _error("folder.cannot_read", _("The folder cannot be read; it was skipped."))
IGNORED = _note("folder.ignored", _("This does not belong to the layout; it was ignored."))

# Events
NO_CATEGORY = _warning("event.no_category", _("There is no category.json."))
TITLE_FROM_FOLDER = _warning(
    "event.no_title", _("The event has no title; its folder's name became the title.")
)
NO_TALKS = _error("event.no_talks", _("No talk could be read; the event was skipped."))
KNOWN_BUT_UNDESCRIBED = _warning(
    "event.left_alone",
    _("The event is known, and without a readable category.json nothing of it was changed."),
)
DATE_UNUSABLE = _warning("event.date", _("This is no date we can read; it was left out."))
END_UNUSABLE = _warning(
    "event.end", _("A last day needs a first day that is not later; it was left out.")
)
ADDRESS_TAKEN = _warning(
    "event.address_taken",
    _("Another conference has this address; if it is the same one, move its talks there by hand."),
)
NOT_SECONDS = _warning(
    "event.durations",
    _("Durations of this event are not seconds (median shown); none was imported."),
)
NAIVE_TIMES = _warning(
    "event.naive_times",
    _("Times have no offset and the event no time zone; only their days were imported."),
)
OFFSETS_DIFFER = _warning(
    "event.offsets",
    _("Times have several offsets, so no time zone was taken; pages show days until it is set."),
)
CONFERENCE_LINK = _note("event.link", _("This link is about the conference; no talk got it."))

# Talks
NO_TITLE = _error("talk.no_title", _("The talk has no title; it was skipped."))
WRONG_TYPE = _warning("talk.wrong_type", _("This is not of the expected kind; it was left out."))
CUT = _warning("talk.cut", _("The text is too long; its end was left out."))
ENTITIES = _note("talk.entities", _("Signs written as HTML entities were decoded."))
UNDATED = _warning("talk.undated", _("There is no date; the talk is undated."))
DATE_UNREADABLE = _warning(
    "talk.date", _("This is no date, or not a clear one; the talk is undated.")
)
DATE_SLOPPY = _warning(
    "talk.date_form", _("The date lacks leading zeros; it was read as year, month, day.")
)
OFFSET_UNUSABLE = _warning(
    "talk.offset", _("No clock is that far from UTC; only the day was imported.")
)
DURATION_UNUSABLE = _warning(
    "talk.duration", _("No talk lasts this long (60 seconds to 12 hours); it was left out.")
)
DURATION_AS_TEXT = _note("talk.duration_text", _("The duration is text; its digits were read."))
LANGUAGE_UNKNOWN = _warning("talk.language", _("This language is not known; it was left out."))
LANGUAGES_SEVERAL = _warning("talk.languages", _("Of several languages the first was taken."))
MISSPELT_KEY = _note("talk.misspelt", _("The key is misspelt; it was ignored."))

DOUBTFUL_WHEN = _warning(
    "talk.when", _("When the talk is given looks wrong (both are shown); it was imported so.")
)
DOUBTFUL_DAYS = _warning(
    "event.when", _("The conference lasts longer than a year; if a talk's day is wrong, mend it.")
)

# Speakers, tags, videos, links
SPEAKERS_UNUSABLE = _warning("speakers.none", _("This is no list of names; nobody was credited."))
SPEAKERS_AS_TEXT = _warning("speakers.text", _("This is no list; it was read as one speaker."))
SPEAKER_DROPPED = _warning("speakers.empty", _("This is no name; it was left out."))
SPEAKER_SEVERAL = _warning(
    "speakers.several", _("This looks like several people; it was kept as one name.")
)
SPEAKER_LONG = _warning("speakers.long", _("This looks like a sentence rather than a name."))
NAMESAKES = _warning(
    "speakers.namesakes",
    _("Several people have this name, none of them clearly meant: a new one was made."),
)
TAGS_UNUSABLE = _warning("tags.none", _("This is no list of tags; it was left out."))
TAGS_AS_TEXT = _warning("tags.text", _("This is no list; it was read as one line of tags."))
TAG_DROPPED = _warning("tags.dropped", _("This is no tag; it was left out."))
TAG_SPLIT = _note("tags.split", _("Commas and the like separate tags; several were made of this."))
TAG_DOUBTFUL = _warning("tags.doubtful", _("This is an odd tag: very long, or several in one."))
NO_VIDEO = _warning("videos.none", _("The talk has no video."))
VIDEOS_AS_OBJECT = _warning("videos.object", _("This is no list; it was read as one video."))
VIDEO_DROPPED = _warning("videos.dropped", _("This is no video; it was left out."))
VIDEO_TWICE = _note("videos.twice", _("The same address stands there twice; one was kept."))
LINKS_UNUSABLE = _warning("links.none", _("This is no list of links; it was left out."))
LINK_DROPPED = _warning("links.dropped", _("This is no link; it was left out."))
TOO_MANY = _warning("list.too_many", _("The list is too long; its end was left out."))

# What is known already
POSSIBLE_DUPLICATE = _warning(
    "talk.duplicate", _("This may be the same talk as another file's; both were imported.")
)
POSSIBLE_RENAME = _warning(
    "talk.renamed", _("This may be a known talk whose file got a new name (the old one is shown).")
)
KEPT = _warning(
    "field.kept", _("A person edited this here; the source's value was not taken (it is shown).")
)
GONE = _warning("talk.gone", _("The talk is no longer in the source; it was kept and marked."))
BACK = _note("talk.back", _("The talk is in the source again."))
DELETED_HERE = _note("talk.deleted", _("A person deleted this talk here; it was not brought back."))
NOT_TAKEN = _error(
    "talk.left_alone", _("The talk is new or differs, but the event was left alone; skipped.")
)
REFUSED = _error("event.refused", _("The database refused the event; nothing of it was written."))
