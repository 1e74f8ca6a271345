"""`manage.py rebuild_search`: make every search document anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from search.progress_bar import progress_bar
from search.rebuild import rebuild


class Command(BaseCommand):
    help = "Makes every search document anew. Cut off and run again, it goes on where it was."

    def handle(self, *args: Any, **options: Any) -> None:
        done = rebuild(progress_bar(self.stderr))  # type: ignore[arg-type]  # -- wraps one
        summary = ngettext(
            "%(count)d object is in search as it is.",
            "%(count)d objects are in search as they are.",
            done,
        )
        self.stdout.write(summary % {"count": done})
