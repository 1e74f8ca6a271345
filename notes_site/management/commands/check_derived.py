"""`manage.py check_derived`: whether all that is kept is what it is made from. Status 1 if not."""

import sys
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from notes_site.derived import DERIVED, Derived

MOST_NAMED = 20


class Command(BaseCommand):
    help = "Compares all that the site derives and keeps with its sources; --mend puts it right."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="put right what is wrong")

    def handle(self, *args: Any, mend: bool, **options: Any) -> None:
        wrong = [derived for derived in DERIVED if not self._is_right(derived)]
        if not wrong:
            self.stdout.write(_("All that is kept is what it is made from."))
        elif not mend:
            self.stdout.write(_("`manage.py check_derived --mend` puts that right."))
            sys.exit(1)
        else:
            for derived in wrong:
                derived.mend()
                self.stdout.write(_("Put right: %(what)s") % {"what": derived.name})

    def _is_right(self, derived: Derived) -> bool:
        """Tell whether nothing is wrong, and name the first of what is."""
        rows = iter(derived.wrong())
        named = [str(row) for row in islice(rows, MOST_NAMED)]
        if more := sum(1 for _row in rows):
            named.append(_("%(count)d more") % {"count": more})
        if named:
            said = {"what": derived.name, "which": ", ".join(named)}
            self.stdout.write(_("Wrong: %(what)s: %(which)s") % said)
        return not named
