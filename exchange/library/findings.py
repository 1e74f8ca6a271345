"""What an import says of an event from any source, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from exchange.report import error, note, warning

# Events
NO_TALKS = error("event.no_talks", _("No talk could be read; the event was skipped."))
REFUSED = error("event.refused", _("The database refused the event; nothing of it was written."))
TITLE_FROM_FOLDER = warning(
    "event.no_title", _("The event has no title; its folder's or file's name became the title.")
)
ADDRESS_TAKEN = warning(
    "event.address_taken",
    _("Another conference has this address; if it is the same one, move its talks there by hand."),
)
KNOWN_BUT_UNDESCRIBED = warning(
    "event.left_alone",
    _("The event is known, and without a readable description nothing of it was changed."),
)
ANOTHER_EVENT = error(
    "event.another",
    _("None of its talks is known under this name: it looks like another event. Nothing changed."),
)
DOUBTFUL_DAYS = warning(
    "event.when", _("The conference lasts longer than a year; if a talk's day is wrong, mend it.")
)

# Talks
DOUBTFUL_WHEN = warning(
    "talk.when", _("When the talk is given looks wrong (both are shown); it was imported so.")
)
POSSIBLE_DUPLICATE = warning(
    "talk.duplicate", _("This may be the same talk as another file's; both were imported.")
)
POSSIBLE_RENAME = warning(
    "talk.renamed", _("This may be a known talk whose file got a new name (the old one is shown).")
)
NAMESAKES = warning(
    "speakers.namesakes",
    _("Several people have this name, none of them clearly meant: a new one was made."),
)

# What is known already
KEPT = warning(
    "field.kept", _("A person edited this here; the source's value was not taken (it is shown).")
)
GONE = warning("talk.gone", _("The talk is no longer in the source; it was kept and marked."))
BACK = note("talk.back", _("The talk is in the source again."))
DELETED_HERE = note("talk.deleted", _("A person deleted this talk here; it was not brought back."))
NOT_TAKEN = error(
    "talk.left_alone", _("The talk is new or differs, but the event was left alone; skipped.")
)
