"""`manage.py check_counts`: whether the kept counts are right. Exit status 1 if not."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.kept.checking import mend_counts, wrong_counts


class Command(BaseCommand):
    help = "Compares every kept count with the number of rows. Changes nothing without --mend."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="put wrong counts right")

    def handle(self, *args: Any, mend: bool, **options: Any) -> None:
        wrong = mend_counts() if mend else list(wrong_counts())
        for count in wrong:
            self.stdout.write(_("%(kind)s %(of)d: %(kept)d instead of %(counted)d") % vars(count))
        if mend:
            mended = ngettext("%(count)d count mended.", "%(count)d counts mended.", len(wrong))
            self.stdout.write(mended % {"count": len(wrong)})
        elif wrong:
            found = ngettext(
                "%(count)d count is wrong: `manage.py check_counts --mend` puts it right.",
                "%(count)d counts are wrong: `manage.py check_counts --mend` puts them right.",
                len(wrong),
            )
            self.stdout.write(found % {"count": len(wrong)})
            sys.exit(1)
        else:
            self.stdout.write(_("All kept counts are right."))
