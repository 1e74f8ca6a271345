"""`manage.py empty_bin`: delete what has been in the bin of recaps for longer than 30 days.

It also forgets the editors that were closed with nothing unsaved in them.
"""

from typing import Any

from django.core.management.base import BaseCommand

from recaps.drafts import forget_closed
from recaps.states import empty_bin


class Command(BaseCommand):
    """Run it once a day; running it more often does no harm."""

    help = "Delete the recaps that have been in the bin for longer than 30 days."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(
            f"Deleted {empty_bin()} recaps for good. Forgot {forget_closed()} closed editors."
        )
