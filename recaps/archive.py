"""The archive of recaps, by month of publication in the site's time zone.

Drafts and scheduled recaps are not in it. The partial index `recap_published_newest` answers its
counts.
"""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from foundation.pages.archive import Archive
from foundation.pages.months import start_of
from recaps.models import Recap, RecapQuerySet


class RecapArchive(Archive):
    """Archive of recaps by month of publication."""

    kind = "recaps"
    url_name = "archive"
    column = "published_at"
    list_template = "recaps/_recaps.html"
    name = _("Recaps by month")
    title = _("Archive of recaps")
    description = _("All recaps by the month they were published.")
    lede = _("Recaps by the month they were published.")
    empty = _("No recap has been published yet.")
    hint = _("Recaps stand here under the month they appear in.")
    unit = ngettext_lazy("recap", "recaps")
    title_of = _("Recaps of %(when)s")
    description_of_month = _("The recaps that were published in %(when)s.")
    description_of_year = _("The recaps that were published in %(when)s, by month.")
    missing = _("No recap was published in %(when)s.")

    def rows(self) -> RecapQuerySet:
        return Recap.objects.published()

    def cards(self, rows: Any) -> RecapQuerySet:
        return rows.for_cards()

    def edge(self, day: dt.date) -> dt.datetime:
        return start_of(day)


RECAPS = RecapArchive()
