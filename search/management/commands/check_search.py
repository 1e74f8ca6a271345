"""`manage.py check_search`: whether search says what the library says. Exit status 1 if not."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.keeping import differing
from search.progress_bar import progress_bar


class Command(BaseCommand):
    help = "Compares every search document with what it is made from. Changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
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
            sys.exit(1)
        self.stdout.write(_("Search says what the library says."))
