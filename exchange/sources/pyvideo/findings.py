"""The findings about events in the pyvideo layout, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from exchange.report import error, note, warning

# Folders
LINK_NOT_FOLLOWED = warning("folder.link", _("This is a link to elsewhere; it was not followed."))
UNUSABLE_NAME = error("folder.name", _("The name holds no visible sign; it was skipped."))
SAME_NAME = error(
    "folder.same_name", _("Another file or folder has the same name already; it was skipped.")
)
TOO_MANY_FILES = error("folder.too_many", _("The folder holds too many files; it was skipped."))
CANNOT_LIST = error("folder.cannot_read", _("The folder cannot be read; it was skipped."))
IGNORED = note("folder.ignored", _("This does not belong to the layout; it was ignored."))

# Events
NO_CATEGORY = warning("event.no_category", _("There is no category.json."))
DATE_UNUSABLE = warning("event.date", _("This is no date we can read; it was left out."))
END_UNUSABLE = warning(
    "event.end", _("A last day needs a first day that is not later; it was left out.")
)
NOT_SECONDS = warning(
    "event.durations",
    _("Durations of this event are not seconds (median shown); none was imported."),
)
NAIVE_TIMES = warning(
    "event.naive_times",
    _("Times have no offset and the event no time zone; only their days were imported."),
)
OFFSETS_DIFFER = warning(
    "event.offsets",
    _("Times have several offsets, so no time zone was taken; pages show days until it is set."),
)
CONFERENCE_LINK = note("event.link", _("This link is about the conference; no talk got it."))

# Talks
NO_TITLE = error("talk.no_title", _("The talk has no title; it was skipped."))
WRONG_TYPE = warning("talk.wrong_type", _("This is not of the expected kind; it was left out."))
ENTITIES = note("talk.entities", _("Signs written as HTML entities were decoded."))
UNDATED = warning("talk.undated", _("There is no date; the talk is undated."))
DATE_UNREADABLE = warning(
    "talk.date", _("This is no date, or not a clear one; the talk is undated.")
)
DATE_SLOPPY = warning(
    "talk.date_form", _("The date lacks leading zeros; it was read as year, month, day.")
)
OFFSET_UNUSABLE = warning(
    "talk.offset", _("No clock is that far from UTC; only the day was imported.")
)
DURATION_UNUSABLE = warning(
    "talk.duration", _("No talk lasts this long (60 seconds to 12 hours); it was left out.")
)
DURATION_AS_TEXT = note("talk.duration_text", _("The duration is text; its digits were read."))
LANGUAGE_UNKNOWN = warning("talk.language", _("This language is not known; it was left out."))
LANGUAGES_SEVERAL = warning("talk.languages", _("Of several languages the first was taken."))
MISSPELT_KEY = note("talk.misspelt", _("The key is misspelt; it was ignored."))

# Speakers, tags, videos, links
SPEAKERS_UNUSABLE = warning("speakers.none", _("This is no list of names; nobody was credited."))
SPEAKERS_AS_TEXT = warning("speakers.text", _("This is no list; it was read as one speaker."))
TAGS_UNUSABLE = warning("tags.none", _("This is no list of tags; it was left out."))
TAGS_AS_TEXT = warning("tags.text", _("This is no list; it was read as one line of tags."))
TAG_DROPPED = warning("tags.dropped", _("This is no tag; it was left out."))
TAG_SPLIT = note("tags.split", _("Commas and the like separate tags; several were made of this."))
TAG_DOUBTFUL = warning("tags.doubtful", _("This is an odd tag: very long, or several in one."))
NO_VIDEO = warning("videos.none", _("The talk has no video."))
VIDEOS_AS_OBJECT = warning("videos.object", _("This is no list; it was read as one video."))
VIDEO_DROPPED = warning("videos.dropped", _("This is no video; it was left out."))
VIDEO_TWICE = note("videos.twice", _("The same address stands there twice; one was kept."))
LINKS_UNUSABLE = warning("links.none", _("This is no list of links; it was left out."))
LINK_DROPPED = warning("links.dropped", _("This is no link; it was left out."))
