"""`manage.py rebuild_recaps [--all]`: bring stored HTML to the renderer's present version."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notes_site.markdown import RENDERER_VERSION
from recaps.models import Recap
from recaps.rendering import render_again


class Command(BaseCommand):
    help = "Renders recaps anew that an older renderer made. Run again, it goes on where it was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="render every recap, whatever its version"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        recaps = Recap.objects.all()
        if not options["all"]:
            recaps = recaps.rendered_before(RENDERER_VERSION)
        total = recaps.count()

        def tell(done: int) -> None:
            self.stderr.write(_("%(done)d of %(total)d") % {"done": done, "total": total})

        done = render_again(recaps, progress=tell)
        summary = ngettext("%(count)d recap was rebuilt.", "%(count)d recaps were rebuilt.", done)
        self.stdout.write(summary % {"count": done})
