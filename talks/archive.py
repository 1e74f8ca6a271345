"""The archive of talks, by the month of `given_on`, the date in the programme.

Talks without a date are not in it. The partial index `talk_by_day` answers its counts.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from foundation.pages.archive import Archive
from talks.models import Talk, TalkQuerySet


class TalkArchive(Archive):
    """Archive of talks by the month they were given."""

    kind = "talks"
    url_name = "talk-archive"
    column = "given_on"
    list_template = "talks/_talks.html"
    name = _("Talks by month")
    title = _("Archive of talks")
    description = _("All talks by the month they were given.")
    lede = _("Talks by the month they were given.")
    empty = _("No talk has a date yet.")
    hint = _("Talks stand here under the month they were given in.")
    unit = ngettext_lazy("talk", "talks")
    title_of = _("Talks of %(when)s")
    description_of_month = _("The talks that were given in %(when)s.")
    description_of_year = _("The talks that were given in %(when)s, by month.")
    missing = _("No talk was given in %(when)s.")

    def rows(self) -> TalkQuerySet:
        return Talk.objects.given()

    def cards(self, rows: Any) -> TalkQuerySet:
        return rows.for_cards().with_recap_counts()


TALKS = TalkArchive()
