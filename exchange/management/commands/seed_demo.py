"""`manage.py seed_demo --talks N`: add a generated library, for trials and measurements."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from exchange.demo import make_demo


class Command(BaseCommand):
    help = "Adds made-up talks, with all that belongs to them. Not for a real library."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--talks", type=int, default=1_000, help="how many talks (1000)")

    def handle(self, *args: Any, talks: int, **options: Any) -> None:
        if talks < 1:
            raise CommandError(_("--talks is a number of talks, at least 1."))
        made = make_demo(talks)
        said = _("%(talks)d talks, %(recaps)d recaps, %(speakers)d speakers")
        self.stdout.write(said % vars(made))
