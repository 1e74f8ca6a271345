"""`manage.py empty_bin`: delete what has been in the bin of recaps for longer than 30 days."""

from typing import Any

from django.core.management.base import BaseCommand

from recaps.binning import empty_bin


class Command(BaseCommand):
    """Run it once a day; running it more often does no harm."""

    help = "Delete the recaps that have been in the bin for longer than 30 days."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Deleted {empty_bin()} recaps for good.")
