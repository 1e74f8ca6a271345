"""`manage.py check_search`: whether search says what the library says. Exit status 1 if not."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.making import otherwise_made, zone_is_kept
from search.progress_bar import progress_bar
from search.rebuild import differing, missing_words

MOST_WORDS = 20


class Command(BaseCommand):
    help = "Compares every search document with what it is made from. Changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        is_made_otherwise = self._tell_other_makings()
        number = 0
        for kind, pk in differing(progress_bar(self.stderr)):  # type: ignore[arg-type]  # -- wraps one
            number += 1
            self.stdout.write(f"{kind.value} {pk}")
        if number:
            found = ngettext(
                "%(count)d object differs in search: `manage.py rebuild_search` mends that.",
                "%(count)d objects differ in search: `manage.py rebuild_search` mends that.",
                number,
            )
            self.stdout.write(found % {"count": number})
        if words := missing_words():
            said = _("Words that right spellings do not know: %(words)s")
            self.stdout.write(said % {"words": ", ".join(words[:MOST_WORDS])})
        if number or is_made_otherwise or words:
            sys.exit(1)
        self.stdout.write(_("Search says what the library says."))

    def _tell_other_makings(self) -> bool:
        """Say by what documents were made that would be made otherwise now; tell if any were."""
        zone_differs, makings = not zone_is_kept(), otherwise_made()
        if zone_differs:
            self.stdout.write(_("Search was made for another TIME_ZONE than the settings name."))
        for making in makings:
            said = _("Made with %(making)s: %(count)d. `manage.py rebuild_search` mends that.")
            named = {"count": making.documents, "making": making.made_with or _("older rules")}
            self.stdout.write(said % named)
        return zone_differs or bool(makings)
