"""`manage.py load_sample_library [--if-empty]`: load the sample library of a new site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from conferences.models import Conference
from exchange.report import summary_line
from exchange.sample.loading import load_sample_library


class Command(BaseCommand):
    help = "Loads the sample library. Loading it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing if there is any conference"
        )

    def handle(self, *args: Any, if_empty: bool, **options: Any) -> None:
        if if_empty and Conference.objects.exists():
            self.stdout.write(_("The library is not empty; the sample was not loaded."))
            return
        loaded = load_sample_library()
        self.stdout.write(summary_line(loaded.report))
        self.stdout.write(_("Sample recaps: %(count)d new") % {"count": loaded.new_recaps})
