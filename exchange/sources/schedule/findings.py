"""What can be wrong with a programme, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from exchange.report import error, note, warning

# Files
NOT_A_SCHEDULE = error(
    "file.not_a_schedule",
    _("This is no programme that we can read (what it begins with is shown); it was skipped."),
)
FLAT_LIST = error(
    "file.flat_list",
    _("This is a list of entries, but in no format that programmes are exchanged in; skipped."),
)
OTHER_DUMP = error(
    "file.other_dump",
    _("This is pretalx's list of something else (its keys are shown); give that of submissions."),
)
NOT_A_CALENDAR = error(
    "file.not_a_calendar", _("This begins as a calendar, but cannot be read; it was skipped.")
)
NOT_A_TABLE = error("file.not_a_table", _("The table cannot be read; the file was skipped."))
TOO_MANY_ROWS = error("file.too_many_rows", _("The table has too many rows; it was skipped."))
COLUMNS_UNKNOWN = warning(
    "file.columns", _("Columns of these names are not known; they were left out.")
)
DAYS_UNCLEAR = warning(
    "schedule.days_unclear",
    _("Nobody can tell day from month (the first is shown); write 2030-05-03. Talks are undated."),
)
XML_CALENDAR = error(
    "file.xml_calendar",
    _("This is a calendar in XML; give it as an .ics file, or the programme as schedule JSON."),
)
NO_CONFERENCE = error(
    "schedule.no_conference", _("The file names no conference, or not its title; it was skipped.")
)
NO_DAYS = error("schedule.no_days", _("The file has no list of days; it was skipped."))
LEADING_SPACE = warning(
    "file.leading_space", _("White space before the XML declaration was passed over.")
)
IGNORED = note("folder.ignored", _("This is not a file; it was ignored."))

# Conferences
TIME_ZONE_UNKNOWN = warning(
    "schedule.time_zone", _("This is no time zone that we know; it was left out.")
)
TIME_ZONE_GUESSED = warning(
    "schedule.time_zone_guessed",
    _("The file names no time zone; the one offset of all its times was taken."),
)
OFFSETS_DIFFER = warning(
    "event.offsets",
    _("Times have several offsets, so no time zone was taken; pages show days until it is set."),
)
ZONE_DISAGREES = warning(
    "schedule.zone_disagrees",
    _("The named time zone and the offsets of times disagree (both are shown); the offsets count."),
)
LOCAL_TIME_AS_UTC = warning(
    "schedule.local_as_utc",
    _("Times are marked as UTC but are those of the place; they were read as such."),
)
UTC_ALONE = warning(
    "schedule.utc_alone",
    _("All times are in UTC and no time zone is named; days are those of UTC until it is set."),
)
NAIVE_TIMES = warning(
    "event.naive_times",
    _("Times have no offset and the event no time zone; only their days were imported."),
)
RANGE_DISAGREES = warning(
    "schedule.range",
    _("The conference's days and those of its programme disagree (both shown); the latter count."),
)
WEBSITE_LOCAL = note(
    "schedule.website", _("The address is that of a test or inner server; it was left out.")
)

# Slots
NOT_AN_OBJECT = error("talk.not_an_object", _("This is no entry of a programme; it was skipped."))
ROOMS_UNUSABLE = error("schedule.rooms", _("This is no list of rooms; the day was skipped."))
NO_TITLE = error("talk.no_title", _("The talk has no title; it was skipped."))
PLACEHOLDERS = warning("schedule.placeholders", _("Empty slots were skipped (how many is shown)."))
NO_TALKS = warning(
    "schedule.not_talks", _("Slots of this kind are no talks; they were skipped (how many).")
)
GUID_DIFFERS = error(
    "talk.guid_differs",
    _("An earlier entry has the same guid but another time or room (both shown); skipped."),
)
NOT_ACCEPTED = warning(
    "schedule.not_accepted",
    _("Submissions in this state are in no programme; they were left out (how many)."),
)
REPEATED = note("talk.repeated", _("An earlier entry is the same; this one was passed over."))
ROOM_DIFFERS = warning(
    "talk.room", _("The entry names another room than the one it stands under; the latter counts.")
)
WRONG_TYPE = warning("talk.wrong_type", _("This is not of the expected kind; it was left out."))
UNDATED = warning("talk.undated", _("There is no date; the talk is undated."))
NO_START = warning("talk.no_start", _("There is no start that can be read; only the day was."))
DATE_UNREADABLE = warning("talk.date", _("This is no moment that we can read; it was left out."))
REPEATS = warning("talk.repeats", _("The entry repeats; it was taken once."))
CLOCK_REPEATED = warning(
    "talk.clock_repeated",
    _("The clock shows this twice, for it is put back then; the first was taken."),
)
CLOCK_MISSING = warning(
    "talk.clock_missing",
    _("The clock never shows this, for it is put forward then; an hour later was taken."),
)
DURATION_UNUSABLE = warning(
    "talk.duration", _("No talk lasts this long (up to 24 hours); it was left out.")
)
END_UNUSABLE = warning("talk.end", _("The talk ends before it begins; its end was left out."))
LANGUAGE_UNKNOWN = warning("talk.language", _("This language is not known; it was left out."))
LANGUAGES_SEVERAL = warning("talk.languages", _("Of several languages the first was taken."))
KIND_UNKNOWN = warning("talk.kind", _("This kind of talk is not known; it was left out."))
PERSONS_UNUSABLE = warning("speakers.none", _("This is no list of people; nobody was credited."))
UNNAMED_PEOPLE = warning(
    "speakers.codes", _("The file has codes of speakers without their names; nobody was credited.")
)
SAME_ID = note("speakers.same_id", _("Several names have the same id (shown); each is a person."))
LINK_DROPPED = warning("links.dropped", _("This is no link; it was left out."))
LINKS_UNUSABLE = warning("links.none", _("This is no list of links; it was left out."))
LINK_LOCAL = note(
    "links.local", _("Links to a test or inner server were left out (how many is shown).")
)
