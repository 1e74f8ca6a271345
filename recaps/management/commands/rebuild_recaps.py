"""`manage.py rebuild_recaps [--all]`: render recaps again whose HTML an older renderer made."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.text.markdown import RENDERER_VERSION
from recaps.models import STALE, Recap
from recaps.rendering import rebuild

# At most so many lines of progress.
MOST_LINES = 100


class Command(BaseCommand):
    help = (
        "Renders recaps anew that an older renderer made, or that mention what has changed."
        " Killed and run again, without --all, it goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="render every recap, whatever its version"
        )
        parser.add_argument(
            "--processes",
            type=int,
            default=len(os.sched_getaffinity(0)),
            help="number of processes; default: one for each processor",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            Recap.objects.update(renderer_version=STALE)
        recaps = Recap.objects.rendered_before(RENDERER_VERSION)
        total = recaps.count()
        told = 0

        def tell(done: int) -> None:
            nonlocal told
            if done == total or (done - told) * MOST_LINES >= total:
                told = done
                self.stderr.write(_("%(done)d of %(total)d") % {"done": done, "total": total})

        done = rebuild(recaps, processes=options["processes"], progress=tell)
        if options["verbosity"]:
            self.stdout.write(_summary(done))


def _summary(done: int) -> str:
    text = ngettext("%(count)d recap was rebuilt.", "%(count)d recaps were rebuilt.", done)
    return text % {"count": done}
