"""`manage.py check_topics`: whether each topic has its recaps. Exit status 1 if not."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recaps.topics import mend_topics, wrong_topics


class Command(BaseCommand):
    help = "Compares the kept topics of recaps with their tags. Changes nothing without --mend."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="put wrong topics right")

    def handle(self, *args: Any, mend: bool, **options: Any) -> None:
        wrong = mend_topics() if mend else wrong_topics()
        for pk in wrong:
            self.stdout.write(_("recap %(id)d") % {"id": pk})
        if mend:
            told = ngettext("%(count)d recap mended.", "%(count)d recaps mended.", len(wrong))
        elif wrong:
            told = ngettext(
                "%(count)d recap has wrong topics: `manage.py check_topics --mend` mends that.",
                "%(count)d recaps have wrong topics: `manage.py check_topics --mend` mends that.",
                len(wrong),
            )
        else:
            told = _("Every topic has its recaps.")
        self.stdout.write(told % {"count": len(wrong)})
        if wrong and not mend:
            sys.exit(1)
