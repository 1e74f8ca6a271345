"""`manage.py check_kept [--mend]`: compare derived data with its source. Exit status 1 if it
differs.
"""

import sys
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from foundation.kept.registry import DerivedData, all_derived_data
from foundation.logs.progress import Progress, progress_bar

MOST_NAMED = 20


class Command(BaseCommand):
    help = (
        "Compares all that the site derives and keeps with its sources; --mend puts it right."
        " Cut off and run again, the mending of search goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="repair what is wrong")

    def handle(self, *args: Any, mend: bool, **options: Any) -> None:
        with progress_bar(sys.stderr) as progress:
            wrong = [kept for kept in all_derived_data() if not self._is_right(kept, progress)]
            if mend:
                for kept in {kept.mend: kept for kept in wrong}.values():
                    kept.put_right(progress)
        if not wrong:
            self.stdout.write(_("All that is kept is what it is made from."))
        elif not mend:
            self.stdout.write(_("`manage.py check_kept --mend` puts that right."))
            sys.exit(1)
        else:
            for kept in wrong:
                self.stdout.write(_("Put right: %(what)s") % {"what": kept.name})

    def _is_right(self, kept: DerivedData, progress: Progress) -> bool:
        """Return whether nothing is wrong, and print the first differences."""
        rows = iter(kept.find(progress))
        named = [str(row) for row in islice(rows, MOST_NAMED)]
        if more := sum(1 for _row in rows):
            named.append(_("%(count)d more") % {"count": more})
        if named:
            said = {"what": kept.name, "which": ", ".join(named)}
            self.stdout.write(_("Wrong: %(what)s: %(which)s") % said)
        return not named
